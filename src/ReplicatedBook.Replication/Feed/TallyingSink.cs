using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Replication.Feed;

/// <summary>Hands events on to a buffer and counts trades on the way.</summary>
internal sealed class TallyingSink(EventBuffer buffer, TradeTally trades) : IEventSink
{
    /// <inheritdoc/>
    public void On(in OrderAccepted e) => buffer.On(in e);

    /// <inheritdoc/>
    public void On(in OrderRejected e) => buffer.On(in e);

    /// <inheritdoc/>
    public void On(in OrderAmended e) => buffer.On(in e);

    /// <inheritdoc/>
    public void On(in OrderCanceled e) => buffer.On(in e);

    /// <inheritdoc/>
    public void On(in OrderExpired e) => buffer.On(in e);

    /// <inheritdoc/>
    public void On(in Trade e)
    {
        buffer.On(in e);
        trades.Count(e.Instrument);
    }

    /// <inheritdoc/>
    public void On(in BalanceChanged e) => buffer.On(in e);

    /// <inheritdoc/>
    public void On(in InstrumentChanged e) => buffer.On(in e);

    /// <inheritdoc/>
    public void On(in AccountChanged e) => buffer.On(in e);

    /// <inheritdoc/>
    public void On(in AssetChanged e) => buffer.On(in e);

    /// <inheritdoc/>
    public void On(in OrderConditions e) => buffer.On(in e);

    /// <inheritdoc/>
    public void On(in OrderTriggered e) => buffer.On(in e);

    /// <inheritdoc/>
    public void On(in OrderReplenished e) => buffer.On(in e);

    /// <inheritdoc/>
    public void On(in InstrumentRulesChanged e) => buffer.On(in e);

    /// <inheritdoc/>
    public void On(in CancelAfterChanged e) => buffer.On(in e);
}
