using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>A split or merge as it was carried out.</summary>
/// <param name="Market">Which.</param>
/// <param name="Account">Whose.</param>
/// <param name="Quantity">Sets, in lots of shares.</param>
/// <param name="Amount">Collateral paid or got, in its units.</param>
/// <param name="Balance">The account's balance of the collateral after it.</param>
public sealed record SetView(
    PredictionMarketId Market,
    AccountId Account,
    Quantity Quantity,
    Amount Amount,
    BalanceView Balance);
