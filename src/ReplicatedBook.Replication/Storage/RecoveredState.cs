using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Replication.Storage;

/// <summary>What a data directory held when it was opened.</summary>
/// <param name="HardState">Term and vote; (0, none) for a new directory.</param>
/// <param name="Snapshot">Mark of the newest valid snapshot; (0, 0) without one.</param>
/// <param name="SnapshotContent">Its content; null without one.</param>
/// <param name="Entries">Log entries held, consecutive, ending with the last; they may begin before the snapshot's mark
/// (kept for slow followers) and connect to it without a gap.</param>
/// <param name="CommitIndex">Highest commit index that was written along; at least the snapshot's.</param>
/// <param name="TornBytes">Bytes of a torn tail that were cut off; 0 after a clean stop.</param>
public sealed record RecoveredState(
    HardState HardState, SnapshotMark Snapshot, ReadOnlyMemory<byte>? SnapshotContent, IReadOnlyList<LogEntry> Entries,
    long CommitIndex, long TornBytes)
{
    /// <summary>Whether that is all the node ever acknowledged. Unless it is, the node must not vote until
    /// <see cref="ReplicaStorage.MarkWhole"/>; a new one, except as its cluster's founding allows.</summary>
    public Wholeness Wholeness { get; init; }

    /// <summary>What was found damaged and set aside at this opening; null when nothing was.</summary>
    public string? Damage { get; init; }
}
