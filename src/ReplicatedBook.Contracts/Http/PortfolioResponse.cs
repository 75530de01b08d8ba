namespace ReplicatedBook.Contracts.Http;

/// <summary>All that an account has, at one index.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="Index">Log index.</param>
/// <param name="Time">Cluster time at that index.</param>
/// <param name="Balances">As of GET .../balances.</param>
/// <param name="Positions">As of GET .../positions.</param>
/// <param name="Totals">Money and shares together, per asset.</param>
public sealed record PortfolioResponse(
    string AccountId,
    long Index,
    string Time,
    IReadOnlyList<BalanceResponse> Balances,
    IReadOnlyList<PositionResponse> Positions,
    IReadOnlyList<PortfolioTotal> Totals);
