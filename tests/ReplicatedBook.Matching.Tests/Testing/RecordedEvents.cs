using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Keeps events as texts (record structs print all their fields) and as values.</summary>
internal sealed class RecordedEvents : IEventSink
{
    public List<object> All { get; } = [];

    public IEnumerable<string> Texts => All.Select(e => e.ToString()!);

    public IEnumerable<T> Of<T>() => All.OfType<T>();

    public void Clear() => All.Clear();

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
}
