using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An account was paid for all its shares of a market, which are gone.</summary>
/// <param name="Market">Which.</param>
/// <param name="Account">Whose.</param>
/// <param name="Paid">In units of the collateral; may be 0.</param>
public readonly record struct PositionSettled(PredictionMarketId Market, AccountId Account, Amount Paid);
