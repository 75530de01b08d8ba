using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Turns collateral into shares: one of each outcome for one unit.</summary>
/// <param name="Account">Whose; 0 for the only account there is.</param>
/// <param name="Market">Which.</param>
/// <param name="Quantity">Sets, in lots of shares; positive.</param>
public readonly record struct SplitSet(AccountId Account, PredictionMarketId Market, Quantity Quantity);
