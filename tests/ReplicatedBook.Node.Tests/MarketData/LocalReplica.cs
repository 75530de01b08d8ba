using System.Buffers;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Tests.MarketData;

/// <summary>An exchange in memory with its feed, to which the test applies commands one by one.</summary>
internal sealed class LocalReplica : IReplicaReader
{
    private readonly Lock _gate = new();
    private readonly EventBuffer _events = new();
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly List<(Timestamp At, byte[] Command)> _log = [];

    /// <param name="maxEntries">How many entries the feed keeps.</param>
    public LocalReplica(int maxEntries = 1 << 20)
    {
        Feed = new EventFeed(maxEntries, 1L << 30);
        History = new EventHistory(Feed);
    }

    public Exchange Exchange { get; private set; } = new(new ExchangeLimits());

    public EventFeed Feed { get; }

    public EventHistory History { get; }

    public long Index => _log.Count;

    /// <summary>Time of the next command.</summary>
    public long Now { get; set; } = 1_000_000;

    public long OldestIndex { get; set; } = 1;

    public long OldestRecord => 1;

    public Timestamp ClusterTime => new(Now);

    public TimeSpan? LeaderSilence => TimeSpan.Zero;

    /// <summary>How often a past state was made.</summary>
    public int Rebuilt { get; private set; }

    /// <summary>Applies a command, which must be accepted, and shows what it did.</summary>
    public CommandOutcome Accept(object command, int user = 0)
    {
        var outcome = Apply(command, user);
        Assert.Equal(RejectReason.None, outcome.Reason);
        Publish();
        return outcome;
    }

    /// <summary>Applies a command; readers see it with the next publishing.</summary>
    public CommandOutcome Apply(object command, int user = 0)
    {
        _buffer.ResetWrittenCount();
        AnyCommand.Write(_buffer, new CommandHeader(new UserId(user), default, default), command);
        var bytes = _buffer.WrittenSpan.ToArray();
        _buffer.ResetWrittenCount();
        lock (_gate)
        {
            _log.Add((new Timestamp(Now), bytes));
            _events.Clear();
            Exchange.Apply(Index, new Timestamp(Now), bytes, _events, _buffer);
        }

        if (_events.Count > 0)
        {
            Feed.Add(new FeedEntry(Index, 1, new Timestamp(Now), _events.Bytes.ToArray()));
        }

        return ResultCodec.Read(_buffer.WrittenSpan);
    }

    public void Publish() => Feed.Publish(Index);

    /// <summary>The feed begins anew behind the last entry, as behind a snapshot from a leader.</summary>
    public void ForgetFeed() => Feed.StartAfter(Index);

    public ValueTask<Reading<T>> ReadAsync<T>(Func<Exchange, T> query, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return new(new Reading<T>(query(Exchange), Index, 1, default, Exchange.Now));
        }
    }

    public async ValueTask<Reading<T>?> ReadConfirmedAsync<T>(
        Func<Exchange, T> query, CancellationToken cancellation) => await ReadAsync(query, cancellation);

    public ValueTask<Reading<T>?> ReadAtAsync<T>(long index, Func<Exchange, T> query, CancellationToken cancellation)
    {
        Assert.InRange(index, 1, Index);
        if (index < OldestIndex)
        {
            return new(default(Reading<T>?));
        }

        Rebuilt++;
        var (past, events) = (new Exchange(new ExchangeLimits()), new EventBuffer());
        var result = new ArrayBufferWriter<byte>();
        for (var entry = 1; entry <= index; entry++)
        {
            var (at, command) = _log[entry - 1];
            events.Clear();
            result.ResetWrittenCount();
            past.Apply(entry, at, command, events, result);
        }

        return new(new Reading<T>(query(past), index, 1, default, past.Now));
    }

    public ValueTask<IReadOnlyList<AppliedEntry>?> ReadLogAsync(
        long fromIndex, int maxEntries, CancellationToken cancellation) => throw new NotSupportedException();

    public async ValueTask WaitAppliedAsync(long index, CancellationToken cancellation) =>
        await Feed.WaitAsync(index, cancellation);

    public EntryRecord? RecordAt(long index) => null;
}
