using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Turns complete sets back into collateral: one unit for one share of each outcome. Shares held for open
/// orders do not count.</summary>
/// <param name="Account">Whose; 0 for the only account there is.</param>
/// <param name="Market">Which.</param>
/// <param name="Quantity">Sets, in lots of shares; positive.</param>
public readonly record struct MergeSet(AccountId Account, PredictionMarketId Market, Quantity Quantity);
