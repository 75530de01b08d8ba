using System.Buffers;
using ReplicatedBook.Benchmarks.Matching;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Benchmarks.Snapshots;

/// <summary>The deterministic part of a replica with many resting orders: what applies entries and is written to
/// snapshots.</summary>
internal sealed class FilledReplica
{
    private const long Term = 1;
    private const int Levels = 1_000;

    private readonly Applier _applier;
    private readonly ByteArena _arena = new();
    private readonly ArrayBufferWriter<byte> _command = new();
    private readonly Xoroshiro128Plus _random = new(0x6C62272E07BB0142, 0x62B821756295C58D);
    private readonly long _firstOrder;
    private readonly int _orders;
    private long _time;
    private long _index;

    /// <summary>Places the orders: over 1,000 levels of either side, none of which trades.</summary>
    public FilledReplica(int orders)
    {
        var warm = new WarmExchange(makerFee: 0, takerFee: 0, instruments: 1, history: 1_000);
        warm.StartPass();
        _firstOrder = warm.OrdersBefore + 1;
        _orders = orders;
        _time = warm.Time;
        _index = warm.Exchange.AppliedIndex;
        _applier = new Applier(
            new ReplicaState(new SnapshotMark(_index, Term), default, warm.Exchange), records: null, feed: null);
        for (var i = 0; i < orders; i++)
        {
            Apply(NewOrder(i));
        }
    }

    /// <summary>The state as it is now; taking it costs nothing.</summary>
    public ReplicaState State =>
        new(new SnapshotMark(_applier.AppliedIndex, Term), _applier.Digest, _applier.Exchange, Membership.Empty);

    /// <summary>Draws entries: half of them new orders, half cancels of any of those that rested at first.</summary>
    public LogEntry[] Draw(int count)
    {
        var entries = new LogEntry[count];
        for (var i = 0; i < count; i++)
        {
            entries[i] = i % 2 == 0 ? NewOrder(i) : Cancel();
        }

        return entries;
    }

    /// <summary>Applies an entry.</summary>
    public void Apply(in LogEntry entry) => _applier.Apply(in entry, wantsResult: false);

    private LogEntry NewOrder(int position)
    {
        var isBuy = _random.Unit() < 0.5;
        var distance = 1 + _random.Below(Levels);
        var operation = Operation.Place(
            0, isBuy, Middle.Start + (isBuy ? -distance : distance), 1 + _random.Below(100));
        CommandHeader header = default;
        _command.ResetWrittenCount();
        CommandCodec.Write(_command, in header, WarmExchange.Order(in operation, position));
        return Entry();
    }

    private LogEntry Cancel()
    {
        CommandHeader header = default;
        _command.ResetWrittenCount();
        var order = new OrderId(_firstOrder + _random.Below(_orders));
        CommandCodec.Write(_command, in header, new CancelOrder(default, order, default));
        return Entry();
    }

    private LogEntry Entry() => new(
        ++_index, Term, EntryKind.Command,
        EntryPayload.Create(new Timestamp(_time += 2), _command.WrittenSpan, _arena));
}
