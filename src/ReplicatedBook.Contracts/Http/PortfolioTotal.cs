namespace ReplicatedBook.Contracts.Http;

/// <summary>What an account has of one asset, shares that are paid in it included.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Cash">Available and reserved.</param>
/// <param name="Positions">What the shares are worth at their marks.</param>
/// <param name="Total">Both.</param>
public sealed record PortfolioTotal(string Asset, string Cash, string Positions, string Total);
