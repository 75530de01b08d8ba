using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Replication;

/// <content>Queries on the present state, and on past states rebuilt from a snapshot and the log.</content>
public sealed partial class RaftReplicatedLog
{
    private const int MaxPageBytes = 1 << 20;

    /// <inheritdoc/>
    public long OldestIndex => _board.OldestIndex;

    /// <inheritdoc/>
    public long OldestRecord => _replica.Records.Oldest;

    /// <inheritdoc/>
    public Timestamp ClusterTime => _board.ClusterTime;

    /// <inheritdoc/>
    public TimeSpan? LeaderSilence => _board.LeaderSilence;

    /// <inheritdoc/>
    public EntryRecord? RecordAt(long index) => _replica.Records.At(index);

    /// <inheritdoc/>
    public ValueTask<Reading<T>> ReadAsync<T>(Func<Exchange, T> query, CancellationToken cancellation) =>
        OnReplica(replica => Read(replica, query), cancellation);

    /// <inheritdoc/>
    public ValueTask<Reading<T>?> ReadConfirmedAsync<T>(Func<Exchange, T> query, CancellationToken cancellation)
    {
        var waiting = new Waiting<Reading<T>?>();
        var taken = AddBarrier(index => End(
            waiting, () => index is null ? default(Reading<T>?) : Read(_replica, query)));
        return taken
            ? waiting.Begin(cancellation)
            : ValueTask.FromException<Reading<T>?>(new ReplicaStoppedException());
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<AppliedEntry>?> ReadLogAsync(
        long fromIndex, int maxEntries, CancellationToken cancellation)
    {
        var entries = await OnReplica(
            replica =>
            {
                var log = replica.Raft.Log;
                var most = (int)Math.Clamp(replica.AppliedIndex - fromIndex + 1, 0, maxEntries);
                return fromIndex < log.FirstIndex ? null : Page(log, fromIndex, most);
            },
            cancellation);
        return entries?.ConvertAll(static entry => AppliedEntry.Of(in entry));
    }

    /// <inheritdoc/>
    public async ValueTask WaitAppliedAsync(long index, CancellationToken cancellation) =>
        await Feed.WaitAsync(index, cancellation);

    /// <inheritdoc/>
    public async ValueTask<Reading<T>?> ReadAtAsync<T>(
        long index, Func<Exchange, T> query, CancellationToken cancellation)
    {
        var past = await OnReplica(replica => CollectPast(replica, index, index), cancellation);
        if (past is null)
        {
            return null;
        }

        await _rebuilding.WaitAsync(cancellation);
        try
        {
            return await Task.Factory.StartNew(
                () => ReadPast(past, query, cancellation), cancellation, TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }
        finally
        {
            _rebuilding.Release();
        }
    }

    /// <summary>One at a time: a rebuilt state is as large as the present one.</summary>
    private readonly SemaphoreSlim _rebuilding = new(1, 1);

    private ValueTask<T> OnReplica<T>(Func<Replica, T> call, CancellationToken cancellation)
    {
        var waiting = new Waiting<T>();
        var taken = _inbox.Add(replica => End(waiting, () => call(replica)));
        return taken
            ? waiting.Begin(cancellation)
            : ValueTask.FromException<T>(new ReplicaStoppedException());
    }

    private static Reading<T> Read<T>(Replica replica, Func<Exchange, T> query) => new(
        query(replica.Exchange), replica.AppliedIndex, replica.AppliedTerm, replica.Digest, replica.Exchange.Now);

    /// <summary>Asks for a barrier; false when the replica has stopped.</summary>
    /// <param name="end">Called within a turn, with the index it stands for, which is applied, or without one.</param>
    private bool AddBarrier(Action<long?> end) => _inbox.Add(replica =>
    {
        _barriers.Add(++_lastRequest, end);
        replica.ReadBarrier(_lastRequest);
    });

    /// <summary>Within a turn: ends a wait with what a call returns.</summary>
    private void End<T>(Waiting<T> waiting, Func<T> call)
    {
        try
        {
            var answer = call();
            _completions.Add(() => waiting.Complete(answer));
        }
        catch (Exception exception)
        {
            // A query's mistake is its caller's, not the replica's.
            _completions.Add(() => waiting.Fail(exception));
        }
    }

    /// <summary>Entries up to a number of them, and to a number of bytes unless the first alone is larger.</summary>
    private static List<LogEntry> Page(ILogReader log, long fromIndex, int maxEntries)
    {
        var entries = new List<LogEntry>();
        for (var bytes = 0L; entries.Count < maxEntries;)
        {
            var entry = log.EntryAt(fromIndex + entries.Count);
            bytes += entry.Payload.Length;
            if (bytes > MaxPageBytes && entries.Count > 0)
            {
                break;
            }

            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>The log up to an index, from the nearest snapshot at or before another.</summary>
    private PastLog? CollectPast(Replica replica, long from, long index)
    {
        if (index > replica.AppliedIndex)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, "not applied yet");
        }

        var log = replica.Raft.Log;
        var start = _board.NearestStart(from);
        if (start is not { } mark || (mark.Index < index && log.FirstIndex > mark.Index + 1))
        {
            return null;
        }

        var entries = new LogEntry[index - mark.Index];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = log.EntryAt(mark.Index + 1 + i);
        }

        return new PastLog(mark, entries);
    }

    /// <summary>The state that a past log begins from; null when its snapshot was replaced by newer ones
    /// meanwhile.</summary>
    private ReplicaState? StateOf(PastLog past) =>
        past.Start.Index == 0 ? ReplicaState.Empty(_options.Replica.Limits)
        : _storage.ReadSnapshotPiece(past.Start, 0, int.MaxValue) is { } read ? ReplicaState.Read(read.Data)
        : null;

    private Reading<T>? ReadPast<T>(PastLog past, Func<Exchange, T> query, CancellationToken cancellation)
    {
        if (StateOf(past) is not { } state)
        {
            return null;
        }

        var applier = new Applier(state, records: null, feed: null);
        foreach (var entry in past.Entries)
        {
            cancellation.ThrowIfCancellationRequested();
            applier.Apply(entry, wantsResult: false);
        }

        return new Reading<T>(
            query(applier.Exchange), applier.AppliedIndex, applier.AppliedTerm, applier.Digest, applier.Exchange.Now);
    }
}
