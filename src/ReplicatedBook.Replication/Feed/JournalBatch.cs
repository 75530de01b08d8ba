namespace ReplicatedBook.Replication.Feed;

/// <summary>What was taken from a <see cref="JournalQueue"/>.</summary>
/// <param name="After">The batch says everything of the entries after this index.</param>
/// <param name="Head">Last applied index that it tells of; at least <paramref name="After"/>.</param>
/// <param name="Entries">Those of them that have events, in order.</param>
internal sealed record JournalBatch(long After, long Head, IReadOnlyList<FeedEntry> Entries);
