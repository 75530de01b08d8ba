using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A bet was refused and had no effect.</summary>
/// <param name="Account">Whose; as given when there is no such account.</param>
/// <param name="ClientOrderId">As given; empty for none.</param>
/// <param name="Market">As given; there may be no such market.</param>
/// <param name="Runner">As given; there may be no such runner.</param>
/// <param name="Reason">Why.</param>
public readonly record struct BetRejected(
    AccountId Account,
    ClientOrderId ClientOrderId,
    BettingMarketId Market,
    RunnerId Runner,
    Commands.RejectReason Reason);
