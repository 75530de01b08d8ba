namespace ReplicatedBook.Replication.Feed;

/// <summary>Part of the feed.</summary>
/// <param name="Entries">Entries that have events, in order of index.</param>
/// <param name="NextIndex">Where to go on.</param>
/// <param name="HeadIndex">Last applied index at that moment.</param>
public sealed record FeedPage(IReadOnlyList<FeedEntry> Entries, long NextIndex, long HeadIndex);
