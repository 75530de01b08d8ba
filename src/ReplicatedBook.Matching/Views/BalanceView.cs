using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>What an account has of one asset.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Available">Free to use.</param>
/// <param name="Reserved">Held for open orders.</param>
public sealed record BalanceView(
    AssetId Asset,
    Amount Available,
    Amount Reserved);
