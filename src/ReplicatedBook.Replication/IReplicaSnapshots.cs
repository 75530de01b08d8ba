using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication;

/// <summary>The durable snapshots of this replica, for people who want a copy. Safe from any thread.</summary>
public interface IReplicaSnapshots
{
    /// <summary>All that are kept, newest first. The first description of a snapshot reads all of it.</summary>
    ValueTask<IReadOnlyList<SnapshotDescription>> ListAsync(CancellationToken cancellation);

    /// <summary>Writes a snapshot of what is applied now and waits until it is durable.</summary>
    /// <returns>It, or a newer one; the newest there is when nothing was applied since; none when nothing was ever
    /// applied or the replica has stopped.</returns>
    /// <exception cref="OperationCanceledException">The wait was given up; the snapshot may yet be
    /// written.</exception>
    ValueTask<SnapshotDescription?> TakeAsync(CancellationToken cancellation);

    /// <summary>Opens a snapshot's file as it is on disk; it can be read to its end even when the replica removes
    /// it.</summary>
    /// <returns>The caller's to dispose of, and not to be written; null when it is not kept.</returns>
    IDiskFile? Open(SnapshotMark mark);
}

/// <summary>One durable snapshot.</summary>
/// <param name="Mark">Last entry it contains.</param>
/// <param name="Bytes">Length of its file.</param>
/// <param name="StateHash">SHA-256 over the exchange's canonical bytes, as Exchange.StateHash gives it.</param>
/// <param name="FileHash">SHA-256 over its file.</param>
public sealed record SnapshotDescription(SnapshotMark Mark, long Bytes, Digest StateHash, Digest FileHash);
