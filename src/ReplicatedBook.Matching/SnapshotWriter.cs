using System.Buffers;
using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Identity;
using ReplicatedBook.Matching.Markets.Prediction;
using ReplicatedBook.Matching.Sessions;

namespace ReplicatedBook.Matching;

/// <summary>Writes the state of an exchange as it was when this was begun, in its canonical form, little by little:
/// commands may be applied in between. It belongs to the owner of the exchange.</summary>
/// <remarks>Equal states give equal bytes. Everything stands in an order that the state itself defines (ids, queues,
/// time of closing). Slots, free lists and sizes of tables differ between replicas with one state, so they are left
/// out.</remarks>
public sealed class SnapshotWriter
{
    /// <summary>Latest version of the snapshot's layout; version 1 has no feature level, which is then 1.</summary>
    internal const int Version = OrderSessionLayout.Version;

    /// <summary>Fields of version 1.</summary>
    internal const int FirstFields = 5;

    private const int Step = 64;

    private static readonly ClientReference NoReference;
    private static readonly OrderOptions NoOptions;

    private readonly FrozenExchange _image;
    private readonly IBufferWriter<byte> _destination;
    private readonly IEnumerator<int> _steps;
    private readonly int _version;

    internal SnapshotWriter(FrozenExchange image, IBufferWriter<byte> destination)
    {
        _image = image;
        _destination = destination;
        // No later than the level: there may be nodes that read nothing later.
        _version = Math.Min(Version, image.FeatureLevel);
        _steps = Steps();
    }

    /// <summary>Writes some more.</summary>
    /// <param name="items">How many accounts, orders, trades and requests, or a few more.</param>
    /// <returns>Whether all is written now.</returns>
    public bool Continue(int items)
    {
        while (items > 0)
        {
            if (!_steps.MoveNext())
            {
                _image.End();
                return true;
            }

            items -= _steps.Current;
        }

        return false;
    }

    /// <summary>Gives it up, so that nothing more is kept for it.</summary>
    public void Abandon() => _image.End();

    /// <summary>Each step says how many items it has written.</summary>
    private IEnumerator<int> Steps()
    {
        WriteHead();
        for (var i = 0; i < _image.Ledger.AccountCount; i += Step)
        {
            yield return WriteAccounts(i);
        }

        if (_version >= MarketLayout.Version)
        {
            WriteUnfinished();
            foreach (var market in _image.Markets.Markets)
            {
                WriteMarket(market);
                for (var i = 0; i < market.Holders.Count; i += Step)
                {
                    yield return WriteHolders(market, i);
                }

                yield return 1;
            }
        }

        WriteHeader(_image.Instruments.Count);
        foreach (var instrument in _image.Instruments)
        {
            WriteInstrument(instrument.Instrument);
            for (var i = 0; i < (_version < SnapshotLayout.OptionsVersion ? 2 : instrument.Sides.Length); i++)
            {
                // In priority order, so that reading it again in this order gives the same queues.
                var side = instrument.Sides[i];
                WriteHeader(side.Count);
                foreach (var oldest in side.Oldest)
                {
                    for (var slot = oldest; slot >= 0;)
                    {
                        yield return WriteOrders(_image.OpenOrders, ref slot, Step);
                    }
                }
            }

            yield return 1;
        }

        WriteHeader(_image.ClosedCount);
        var oldestLeft = _image.OldestClosed;
        for (var left = _image.ClosedCount; left > 0; left -= Step) // They are linked in a circle.
        {
            yield return WriteOrders(_image.ClosedOrders, ref oldestLeft, Math.Min(Step, left));
        }

        WriteTradesHeader();
        for (var id = _image.Trades.First; id < _image.Trades.Next; id += Step)
        {
            yield return WriteTrades(id);
        }

        WriteHeader(_image.Requests.Count);
        for (var i = 0; i < _image.Requests.Count; i += Step)
        {
            yield return WriteRequests(i);
        }

        if (_image.Betting is { } betting)
        {
            for (var steps = new BettingSnapshot(betting, _destination).Steps(); steps.MoveNext();)
            {
                yield return steps.Current;
            }
        }

        if (_image.Identity is { } identity)
        {
            for (var steps = new IdentitySnapshot(identity, _destination).Steps(); steps.MoveNext();)
            {
                yield return steps.Current;
            }
        }

        if (_image.OrderSessions is { } sessions)
        {
            for (var steps = new OrderSessionSnapshot(sessions, _destination).Steps(); steps.MoveNext();)
            {
                yield return steps.Current;
            }
        }
    }

    private void WriteHead()
    {
        var writer = new MessagePackWriter(_destination);
        var hasLevel = _version >= FeatureLevels.KnowsLevels;
        writer.WriteArrayHeader(hasLevel ? FirstFields + 1 : FirstFields);
        writer.WriteInteger(_version);
        writer.WriteInteger(_image.AppliedIndex);
        writer.WriteInteger(_image.Now.Microseconds);
        writer.WriteInteger(_image.LastOrder);
        writer.WriteInteger(_image.LastLedger);
        if (hasLevel)
        {
            writer.WriteInteger(_image.FeatureLevel);
        }

        SnapshotLayout.WriteLimits(ref writer, _image.Limits, _version);
        _image.Ledger.WriteAssets(ref writer);
        writer.WriteArrayHeader(_image.Ledger.AccountCount);
        writer.Flush();
    }

    private void WriteHeader(int count)
    {
        var writer = new MessagePackWriter(_destination);
        writer.WriteArrayHeader(count);
        writer.Flush();
    }

    private int WriteAccounts(int from)
    {
        var writer = new MessagePackWriter(_destination);
        var end = Math.Min(from + Step, _image.Ledger.AccountCount);
        for (var i = from; i < end; i++)
        {
            _image.Ledger.WriteAccount(ref writer, i, _version);
        }

        writer.Flush();
        return end - from;
    }

    private void WriteUnfinished()
    {
        var writer = new MessagePackWriter(_destination);
        writer.WriteArrayHeader(_image.Markets.Unfinished.Count);
        foreach (var id in _image.Markets.Unfinished)
        {
            writer.WriteInteger(id);
        }

        writer.WriteArrayHeader(_image.Markets.Markets.Count);
        writer.Flush();
    }

    private void WriteMarket(PredictionMarket market)
    {
        var writer = new MessagePackWriter(_destination);
        MarketLayout.WriteMarket(ref writer, market);
        writer.Flush();
    }

    private int WriteHolders(PredictionMarket market, int from)
    {
        var writer = new MessagePackWriter(_destination);
        var end = Math.Min(from + Step, market.Holders.Count);
        for (var i = from; i < end; i++)
        {
            MarketLayout.WriteHolder(ref writer, market.Holders[i], _image.Markets.Positions);
        }

        writer.Flush();
        return end - from;
    }

    private void WriteInstrument(Instrument instrument)
    {
        var writer = new MessagePackWriter(_destination);
        SnapshotLayout.WriteInstrument(ref writer, instrument, _version);
        if (_version >= SnapshotLayout.OptionsVersion)
        {
            SnapshotLayout.WriteRules(ref writer, instrument.Rules);
        }

        writer.Flush();
    }

    /// <summary>Writes orders as they are linked.</summary>
    private int WriteOrders(FrozenOrders orders, ref int slot, int most)
    {
        var written = 0;
        for (; written < most && slot >= 0; written++)
        {
            ref readonly var order = ref orders[slot];
            ref readonly var reference = ref order.HasReference ? ref orders.Reference(slot) : ref NoReference;
            ref readonly var options = ref order.HasOptions ? ref orders.Options(slot) : ref NoOptions;
            SnapshotLayout.WriteOrder(_destination, in order, in reference, in options, _version);
            slot = orders.Next(slot);
        }

        return written;
    }

    private void WriteTradesHeader()
    {
        var writer = new MessagePackWriter(_destination);
        writer.WriteInteger(_image.Trades.Next - 1);
        writer.WriteArrayHeader(_image.Trades.Count);
        writer.Flush();
    }

    private int WriteTrades(long from)
    {
        var writer = new MessagePackWriter(_destination);
        var end = Math.Min(from + Step, _image.Trades.Next);
        for (var id = from; id < end; id++)
        {
            SnapshotLayout.WriteTrade(ref writer, in _image.Trades[id]);
        }

        writer.Flush();
        return (int)(end - from);
    }

    private int WriteRequests(int from)
    {
        var writer = new MessagePackWriter(_destination);
        var end = Math.Min(from + Step, _image.Requests.Count);
        for (var i = from; i < end; i++)
        {
            _image.Requests.Write(ref writer, i);
        }

        writer.Flush();
        return end - from;
    }
}
