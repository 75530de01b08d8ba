using System.Buffers;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Keeps events as texts (record structs print all their fields) and as values.</summary>
internal sealed partial class RecordedEvents : IEventSink
{
    private readonly EventBuffer _buffer = new();
    private (int Market, long Sequence) _next;

    public List<object> All { get; } = [];

    public IEnumerable<string> Texts => All.Select(e => e.ToString()!);

    public IEnumerable<T> Of<T>() => All.OfType<T>();

    /// <summary>Which event of which market each is; none for an event of no market.</summary>
    public List<(int Market, long Sequence)> Numbers { get; } = [];

    public void Clear()
    {
        All.Clear();
        Numbers.Clear();
    }

    /// <summary>Applies a command as the next entry and takes its events.</summary>
    public Applied Apply(Exchange exchange, long at, byte[] command, IBufferWriter<byte> result)
    {
        _buffer.Clear();
        var applied = exchange.Apply(exchange.AppliedIndex + 1, new Timestamp(at), command, _buffer, result);
        EventCodec.Read(_buffer.Bytes, this);
        return applied;
    }

    public void BelongsTo(int market, long sequence) => _next = (market, sequence);

    public void On(in OrderAccepted e) => Add(e);

    public void On(in OrderRejected e) => Add(e);

    public void On(in OrderAmended e) => Add(e);

    public void On(in OrderCanceled e) => Add(e);

    public void On(in OrderExpired e) => Add(e);

    public void On(in Trade e) => Add(e);

    public void On(in BalanceChanged e) => Add(e);

    public void On(in InstrumentChanged e) => Add(e);

    public void On(in AccountChanged e) => Add(e);

    public void On(in AssetChanged e) => Add(e);

    public void On(in OrderConditions e) => Add(e);

    public void On(in OrderTriggered e) => Add(e);

    public void On(in OrderReplenished e) => Add(e);

    public void On(in InstrumentRulesChanged e) => Add(e);

    public void On(in CancelAfterChanged e) => Add(e);

    public void On(in PredictionMarketChanged e) => Add(e);

    public void On(in PredictionMarketDescribed e) => Add(e);

    public void On(in OutcomeListed e) => Add(e);

    public void On(in SetSplit e) => Add(e);

    public void On(in SetMerged e) => Add(e);

    public void On(in OutcomePayoutSet e) => Add(e);

    public void On(in PositionSettled e) => Add(e);

    public void On(in PredictionMarketSettled e) => Add(e);

    private void Add(object e)
    {
        All.Add(e);
        Numbers.Add(_next);
        _next = default;
    }
}
