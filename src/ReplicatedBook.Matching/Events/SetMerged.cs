using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>Complete sets of an account became collateral again: by its command, or because the market was voided or
/// deleted.</summary>
/// <param name="Market">Which.</param>
/// <param name="Account">Whose.</param>
/// <param name="Quantity">Sets, in lots of shares.</param>
/// <param name="Proceeds">In units of the collateral.</param>
public readonly record struct SetMerged(
    PredictionMarketId Market,
    AccountId Account,
    Quantity Quantity,
    Amount Proceeds);
