using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Moves money from one account to another; not shares of an outcome.</summary>
/// <param name="From">The sender's; 0 for the only one.</param>
/// <param name="To">Anybody's.</param>
/// <param name="Asset">The asset.</param>
/// <param name="Amount">Positive; at most what is available.</param>
public readonly record struct Transfer(AccountId From, AccountId To, AssetId Asset, Amount Amount);
