namespace ReplicatedBook.Replication.Feed;

/// <summary>Part of the journal.</summary>
/// <param name="Entries">Entries that have events, in order of index.</param>
/// <param name="NextIndex">Where to go on; all before it from the first on is told.</param>
internal sealed record JournalPage(IReadOnlyList<FeedEntry> Entries, long NextIndex);
