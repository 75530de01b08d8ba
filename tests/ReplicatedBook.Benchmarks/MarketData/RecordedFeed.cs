using System.Buffers;
using ReplicatedBook.Benchmarks.Matching;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Benchmarks.MarketData;

/// <summary>The feed of one busy instrument, and its book before that: of ten commands five place an order that rests,
/// two one that trades, three cancel one.</summary>
internal sealed class RecordedFeed
{
    private const int RestingBefore = 2_000;
    private const int Middle = 10_000;
    private const int Levels = 200;
    private const int Kept = 4_000; // Of the last orders, one of which is canceled.

    private readonly WarmExchange _warm = new(makerFee: 0, takerFee: 0, instruments: 1, history: 1_000);
    private readonly ArrayBufferWriter<byte> _command = new();
    private readonly Xoroshiro128Plus _random = new(0x6C62272E07BB0142, 0x62B821756295C58D);
    private readonly List<FeedEntry> _entries = [];
    private long _lastOrder;

    /// <summary>Records so many entries with events.</summary>
    public RecordedFeed(int entries)
    {
        _warm.StartPass();
        _lastOrder = _warm.OrdersBefore;
        for (var i = 0; i < RestingBefore; i++)
        {
            Place(distance: 1 + _random.Below(Levels));
        }

        Terms = new InstrumentTerms(_warm.Exchange.FindInstrument(new InstrumentId(1))!);
        Image = BookImage.Of(_warm.Exchange, [Terms])!;
        Index = _warm.Exchange.AppliedIndex;
        _entries.Clear();
        while (_entries.Count < entries)
        {
            switch (_random.Below(10))
            {
                case < 5:
                    Place(distance: 1 + _random.Below(Levels));
                    break;
                case < 7:
                    Place(distance: -_random.Below(3));
                    break;
                default:
                    Cancel();
                    break;
            }
        }
    }

    public InstrumentTerms Terms { get; }

    /// <summary>The book before the first entry.</summary>
    public BookImage Image { get; }

    /// <summary>Where that is.</summary>
    public long Index { get; }

    public IReadOnlyList<FeedEntry> Entries => _entries;

    private void Place(int distance)
    {
        var isBuy = _random.Unit() < 0.5;
        var operation = Operation.Place(
            0, isBuy, Middle + (isBuy ? -distance : distance), 1 + _random.Below(100));
        CommandHeader header = default;
        _command.ResetWrittenCount();
        CommandCodec.Write(_command, in header, WarmExchange.Order(in operation, _entries.Count));
        _lastOrder++;
        Apply();
    }

    private void Cancel()
    {
        CommandHeader header = default;
        _command.ResetWrittenCount();
        CommandCodec.Write(
            _command, in header, new CancelOrder(default, new OrderId(_lastOrder - _random.Below(Kept)), default));
        Apply();
    }

    private void Apply()
    {
        var (index, at) = (_warm.Exchange.AppliedIndex + 1, new Timestamp(_warm.Time));
        _warm.Events.Clear();
        _warm.Result.ResetWrittenCount();
        _warm.Exchange.Apply(index, at, _command.WrittenSpan, _warm.Events, _warm.Result);
        if (_warm.Events.Count > 0)
        {
            _entries.Add(new FeedEntry(index, 1, at, _warm.Events.Bytes.ToArray()));
        }
    }
}
