using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An account turned collateral into complete sets.</summary>
/// <param name="Market">Which.</param>
/// <param name="Account">Whose.</param>
/// <param name="Quantity">Sets, in lots of shares.</param>
/// <param name="Cost">In units of the collateral.</param>
public readonly record struct SetSplit(
    PredictionMarketId Market,
    AccountId Account,
    Quantity Quantity,
    Amount Cost);
