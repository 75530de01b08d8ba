namespace ReplicatedBook.Replication.Feed;

/// <summary>A place in a segment of the journal from which reading can begin.</summary>
/// <param name="Previous">Index of the record before it, or the one the segment begins after.</param>
/// <param name="Offset">Where in the file.</param>
internal readonly record struct JournalBlock(long Previous, long Offset);
