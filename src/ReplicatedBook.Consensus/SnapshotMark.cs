namespace ReplicatedBook.Consensus;

/// <summary>The last log entry that a snapshot contains.</summary>
/// <param name="Index">Its log index; 0 for the empty state before the first entry.</param>
/// <param name="Term">Its term; 0 for the empty state.</param>
public readonly record struct SnapshotMark(long Index, long Term);
