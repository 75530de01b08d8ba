using System.Buffers;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Keeps events as texts (record structs print all their fields) and as values.</summary>
internal sealed partial class RecordedEvents : IEventSink
{
    private readonly EventBuffer _buffer = new();

    public List<object> All { get; } = [];

    public IEnumerable<string> Texts => All.Select(e => e.ToString()!);

    public IEnumerable<T> Of<T>() => All.OfType<T>();

    public void Clear() => All.Clear();

    /// <summary>Applies a command as the next entry and takes its events.</summary>
    public Applied Apply(Exchange exchange, long at, byte[] command, IBufferWriter<byte> result)
    {
        _buffer.Clear();
        var applied = exchange.Apply(exchange.AppliedIndex + 1, new Timestamp(at), command, _buffer, result);
        EventCodec.Read(_buffer.Bytes, this);
        return applied;
    }

    public void On(in OrderAccepted e) => All.Add(e);

    public void On(in OrderRejected e) => All.Add(e);

    public void On(in OrderAmended e) => All.Add(e);

    public void On(in OrderCanceled e) => All.Add(e);

    public void On(in OrderExpired e) => All.Add(e);

    public void On(in Trade e) => All.Add(e);

    public void On(in BalanceChanged e) => All.Add(e);

    public void On(in InstrumentChanged e) => All.Add(e);

    public void On(in AccountChanged e) => All.Add(e);

    public void On(in AssetChanged e) => All.Add(e);

    public void On(in OrderConditions e) => All.Add(e);

    public void On(in OrderTriggered e) => All.Add(e);

    public void On(in OrderReplenished e) => All.Add(e);

    public void On(in InstrumentRulesChanged e) => All.Add(e);

    public void On(in CancelAfterChanged e) => All.Add(e);

    public void On(in PredictionMarketChanged e) => All.Add(e);

    public void On(in PredictionMarketDescribed e) => All.Add(e);

    public void On(in OutcomeListed e) => All.Add(e);

    public void On(in SetSplit e) => All.Add(e);

    public void On(in SetMerged e) => All.Add(e);

    public void On(in OutcomePayoutSet e) => All.Add(e);

    public void On(in PositionSettled e) => All.Add(e);

    public void On(in PredictionMarketSettled e) => All.Add(e);
}
