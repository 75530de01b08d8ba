namespace ReplicatedBook.Contracts.Http;

/// <summary>What an account holds of prediction markets.</summary>
/// <param name="Items">In the order in which the outcomes were listed; those it held once included.</param>
/// <param name="Totals">Money and shares together, per asset.</param>
public sealed record PositionsResponse(IReadOnlyList<PositionResponse> Items, IReadOnlyList<PortfolioTotal> Totals);
