using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Replication;

/// <summary>Reads the state of this replica. Safe from any thread; queries run between two turns of the
/// replica, one at a time, so each sees the state after exactly one entry.</summary>
public interface IReplicaReader
{
    /// <summary>Runs a query on the present state.</summary>
    /// <param name="query">Must only read, copy what it returns, and be short.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    ValueTask<Reading<T>> ReadAsync<T>(Func<Exchange, T> query, CancellationToken cancellation);

    /// <summary>Runs a query on a state that has all that was committed when this was called: a linearizable
    /// read.</summary>
    /// <param name="query">As above.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    /// <returns>None when no leader could be confirmed.</returns>
    ValueTask<Reading<T>?> ReadConfirmedAsync<T>(Func<Exchange, T> query, CancellationToken cancellation);

    /// <summary>Runs a query on the state as it was right after an entry, rebuilt from the nearest snapshot and the
    /// log.</summary>
    /// <param name="index">At most the applied index.</param>
    /// <param name="query">As above.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    /// <returns>None when the entries needed are no longer held; see <see cref="OldestIndex"/>.</returns>
    ValueTask<Reading<T>?> ReadAtAsync<T>(long index, Func<Exchange, T> query, CancellationToken cancellation);

    /// <summary>Lowest index that <see cref="ReadAtAsync"/> can serve now.</summary>
    long OldestIndex { get; }

    /// <summary>Reads applied entries of the log, one page of them.</summary>
    /// <param name="fromIndex">The first, 1 or more.</param>
    /// <param name="maxEntries">Most entries, 1 or more.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    /// <returns>In order and without gaps, empty beyond the last applied; none when the log no longer reaches back that
    /// far.</returns>
    ValueTask<IReadOnlyList<AppliedEntry>?> ReadLogAsync(
        long fromIndex, int maxEntries, CancellationToken cancellation);

    /// <summary>Waits until an index is applied here.</summary>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    ValueTask WaitAppliedAsync(long index, CancellationToken cancellation);

    /// <summary>Running digest after an entry; null when it is not applied yet or no longer kept.</summary>
    EntryRecord? RecordAt(long index);

    /// <summary>Lowest index for which <see cref="RecordAt"/> has an answer; 0 when there is none.</summary>
    long OldestRecord { get; }

    /// <summary>Cluster time as this node knows it: the leader's last word plus the time since.</summary>
    Timestamp ClusterTime { get; }

    /// <summary>Time since this node last heard from a leader; zero on a leader that a majority has confirmed within an
    /// election timeout; null when it never did.</summary>
    TimeSpan? LeaderSilence { get; }
}

/// <summary>A query's answer with the position it belongs to.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Index">Applied index.</param>
/// <param name="Term">Term of that entry.</param>
/// <param name="Digest">Running digest at that index.</param>
/// <param name="At">Cluster time of the last command up to that index.</param>
public readonly record struct Reading<T>(T Value, long Index, long Term, Digest Digest, Timestamp At);

/// <summary>What is kept in memory of an applied entry.</summary>
/// <param name="Index">Log index.</param>
/// <param name="Term">Its term.</param>
/// <param name="At">Its cluster time.</param>
/// <param name="Digest">Running digest after it.</param>
/// <param name="Reason">How its command ended; None for entries without one.</param>
public readonly record struct EntryRecord(
    long Index, long Term, Timestamp At, Digest Digest, Matching.Commands.RejectReason Reason);
