namespace ReplicatedBook.Contracts.Http;

/// <summary>What an account has of one asset.</summary>
/// <param name="Asset">Symbol of the asset.</param>
/// <param name="Total">Available plus reserved.</param>
/// <param name="Available">Free to use.</param>
/// <param name="Reserved">Held for open orders.</param>
public sealed record BalanceResponse(string Asset, string Total, string Available, string Reserved);
