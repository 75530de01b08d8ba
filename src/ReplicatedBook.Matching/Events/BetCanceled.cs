using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A bet's unmatched stake is gone: canceled or, by its own time in force, expired.</summary>
/// <param name="Bet">The bet.</param>
/// <param name="Account">Whose.</param>
/// <param name="Market">Where.</param>
/// <param name="Runner">For or against whom.</param>
/// <param name="Side">For or against.</param>
/// <param name="Odds">Its limit.</param>
/// <param name="Remaining">Stake that was unmatched.</param>
/// <param name="Reason">Why.</param>
public readonly record struct BetCanceled(
    OrderId Bet,
    AccountId Account,
    BettingMarketId Market,
    RunnerId Runner,
    BetSide Side,
    Odds Odds,
    Amount Remaining,
    StatusReason Reason);
