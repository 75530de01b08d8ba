namespace ReplicatedBook.Consensus.Log;

/// <summary>One position of the replicated log.</summary>
/// <param name="Index">Position, from 1, without gaps.</param>
/// <param name="Term">Term of the leader that created the entry.</param>
/// <param name="Kind">What the payload is.</param>
/// <param name="Payload">Never changed after creation, so it may be shared between threads.</param>
public readonly record struct LogEntry(long Index, long Term, EntryKind Kind, ReadOnlyMemory<byte> Payload);
