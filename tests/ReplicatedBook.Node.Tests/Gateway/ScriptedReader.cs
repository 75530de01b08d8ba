using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Gateway;

/// <summary>A reader of an empty exchange at an index of the test's choice.</summary>
internal sealed class ScriptedReader : IReplicaReader
{
    /// <summary>Whose barrier decides on linearizable reads.</summary>
    public ScriptedLog Log { get; init; } = new();

    public long Index { get; set; }

    public bool IsStopped { get; set; }

    /// <summary>What a query of the present fails with; null for an answer.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether the replica never gets to a query.</summary>
    public bool Hangs { get; set; }

    public long OldestIndex { get; set; } = 1;

    public long OldestRecord { get; set; } = 1;

    public Timestamp ClusterTime { get; set; } = new(1_000_000);

    public TimeSpan? LeaderSilence { get; set; } = TimeSpan.Zero;

    public Dictionary<long, EntryRecord> Records { get; } = [];

    public async ValueTask<Reading<T>> ReadAsync<T>(Func<Exchange, T> query, CancellationToken cancellation)
    {
        if (IsStopped || Failure is not null)
        {
            throw Failure ?? new ReplicaStoppedException();
        }

        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }

        return new Reading<T>(query(new Exchange(new ExchangeLimits())), Index, 1, default, default);
    }

    public async ValueTask<Reading<T>?> ReadConfirmedAsync<T>(
        Func<Exchange, T> query, CancellationToken cancellation) =>
        await Log.ReadBarrierAsync(cancellation) is null ? null : await ReadAsync(query, cancellation);

    public ValueTask<Reading<T>?> ReadAtAsync<T>(long index, Func<Exchange, T> query, CancellationToken cancellation) =>
        new(index < OldestIndex
            ? null
            : new Reading<T>(
                query(new Exchange(new ExchangeLimits())), index, 1, RecordAt(index)?.Digest ?? default, default));

    public ValueTask<IReadOnlyList<AppliedEntry>?> ReadLogAsync(
        long fromIndex, int maxEntries, CancellationToken cancellation) =>
        new(fromIndex < OldestIndex ? null : Array.Empty<AppliedEntry>());

    public async ValueTask WaitAppliedAsync(long index, CancellationToken cancellation)
    {
        if (index > Index)
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
    }

    public EntryRecord? RecordAt(long index) => Records.TryGetValue(index, out var record) ? record : null;
}
