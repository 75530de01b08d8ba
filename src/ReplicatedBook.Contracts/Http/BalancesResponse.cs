namespace ReplicatedBook.Contracts.Http;

/// <summary>Every balance the account ever had.</summary>
/// <param name="Items">In order of the assets' creation.</param>
public sealed record BalancesResponse(IReadOnlyList<BalanceResponse> Items);
