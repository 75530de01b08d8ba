using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A bet passed all checks; what became of it follows.</summary>
/// <param name="Bet">Its id.</param>
/// <param name="Account">Whose.</param>
/// <param name="ClientOrderId">As given; empty for none.</param>
/// <param name="Market">Where.</param>
/// <param name="Runner">For or against whom.</param>
/// <param name="Side">For or against.</param>
/// <param name="Odds">Its limit.</param>
/// <param name="Stake">The backer's stake, in units of the currency.</param>
/// <param name="TimeInForce">As given.</param>
/// <param name="Persistence">As given.</param>
/// <param name="DueAt">When it reaches the book; 0 for at once.</param>
public readonly record struct BetAccepted(
    OrderId Bet,
    AccountId Account,
    ClientOrderId ClientOrderId,
    BettingMarketId Market,
    RunnerId Runner,
    BetSide Side,
    Odds Odds,
    Amount Stake,
    TimeInForce TimeInForce,
    Persistence Persistence,
    Timestamp DueAt);
