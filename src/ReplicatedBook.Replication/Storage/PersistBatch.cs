using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Replication.Storage;

/// <summary>What one step of the replica wants on disk, in this order: hard state, reset, truncation, entries, mark,
/// release.</summary>
public sealed record PersistBatch
{
    /// <summary>Rises by one with each batch; batches are written in this order.</summary>
    public required long Sequence { get; init; }

    /// <summary>New term and vote; null when unchanged.</summary>
    public HardState? HardState { get; init; }

    /// <summary>Drop the whole log and go on after this mark; its snapshot is durable already.</summary>
    public SnapshotMark? ResetTo { get; init; }

    /// <summary>First index to remove from the end of the log; 0 for none.</summary>
    public long TruncateFrom { get; init; }

    /// <summary>Entries to append, consecutive to what the log then ends with.</summary>
    public IReadOnlyList<LogEntry> Entries { get; init; } = [];

    /// <summary>Commit index known when the batch was made; written along so that recovery knows what was
    /// committed.</summary>
    public long CommitIndex { get; init; }

    /// <summary>Entries below this index are in a durable snapshot: whole segments of them may be deleted. 0 for
    /// none.</summary>
    public long ReleaseBefore { get; init; }
}
