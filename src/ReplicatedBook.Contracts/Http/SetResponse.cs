namespace ReplicatedBook.Contracts.Http;

/// <summary>A split or merge as it was carried out.</summary>
/// <param name="MarketId">Which market.</param>
/// <param name="AccountId">Whose.</param>
/// <param name="Quantity">Complete sets.</param>
/// <param name="Amount">Collateral that was paid for them, or that they brought.</param>
/// <param name="Balance">Of the collateral, after it.</param>
/// <param name="Receipt">Where it stands in the log.</param>
public sealed record SetResponse(
    string MarketId, string AccountId, string Quantity, string Amount, BalanceResponse Balance, Receipt? Receipt);
