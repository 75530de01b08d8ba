using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>A bet as it stands. Amounts are units of the market's currency.</summary>
/// <param name="Id">Its id, of one sequence with the orders of all other markets.</param>
/// <param name="ClientOrderId">The client's name for it; empty when none was given.</param>
/// <param name="Account">Whose.</param>
/// <param name="Market">Where.</param>
/// <param name="Runner">For or against whom.</param>
/// <param name="Side">For or against.</param>
/// <param name="Odds">Its limit.</param>
/// <param name="Stake">As placed.</param>
/// <param name="Matched">Stake matched, what was voided later included.</param>
/// <param name="MatchedLiability">The layers' side of what is matched: a back wins it, a lay risks it. Average odds are
/// 1 + MatchedLiability / Matched, exactly.</param>
/// <param name="Voided">Stake of it whose trades are void.</param>
/// <param name="Remaining">Stake unmatched; 0 once it is closed.</param>
/// <param name="TimeInForce">As given.</param>
/// <param name="Persistence">As given.</param>
/// <param name="SelfTradePrevention">As given.</param>
/// <param name="MinFill">As given.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Reason">Why it is neither open nor filled.</param>
/// <param name="Reserved">Held for what is unmatched.</param>
/// <param name="DueAt">When it reaches the book; 0 for one that did not wait.</param>
/// <param name="CreatedIndex">Log index that accepted it.</param>
/// <param name="UpdatedIndex">Log index of its last change.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record BetView(
    OrderId Id,
    ClientOrderId ClientOrderId,
    AccountId Account,
    BettingMarketId Market,
    RunnerId Runner,
    BetSide Side,
    Odds Odds,
    Amount Stake,
    Amount Matched,
    Amount MatchedLiability,
    Amount Voided,
    Amount Remaining,
    TimeInForce TimeInForce,
    Persistence Persistence,
    SelfTradePrevention SelfTradePrevention,
    Amount MinFill,
    OrderStatus Status,
    StatusReason Reason,
    Amount Reserved,
    Timestamp DueAt,
    long CreatedIndex,
    long UpdatedIndex,
    Timestamp CreatedAt,
    Timestamp UpdatedAt);
