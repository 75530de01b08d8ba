namespace ReplicatedBook.Contracts.Http;

/// <summary>Part of the event feed.</summary>
/// <param name="Items">In order of (index, seq); the events of one entry are never torn apart.</param>
/// <param name="NextIndex">Where to go on.</param>
/// <param name="HeadIndex">Last applied index of the node at that moment.</param>
public sealed record FeedResponse(IReadOnlyList<FeedItem> Items, long NextIndex, long HeadIndex);
