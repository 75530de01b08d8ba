using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.MarketData;

/// <content>Events of orders.</content>
internal sealed partial class EventRouter
{
    /// <inheritdoc/>
    public override void On(in OrderAccepted e)
    {
        Concerns(e.Account);
        Concerns(TopicKind.Activity, e.Instrument.Value);
        BookOf(e.Instrument, out var terms)?.Accepted(in e, terms);
    }

    /// <inheritdoc/>
    public override void On(in OrderRejected e) => Concerns(e.Account);

    /// <inheritdoc/>
    public override void On(in OrderConditions e) => BookOf(e.Instrument, out _)?.HasConditions(in e);

    /// <inheritdoc/>
    public override void On(in OrderTriggered e)
    {
        Concerns(e.Account);
        BookOf(e.Instrument, out _)?.Triggered(in e);
    }

    /// <inheritdoc/>
    public override void On(in OrderAmended e)
    {
        Concerns(e.Account);
        Concerns(TopicKind.Activity, e.Instrument.Value);
        BookOf(e.Instrument, out var terms)?.Amended(in e, terms);
    }

    /// <inheritdoc/>
    public override void On(in Trade e)
    {
        Concerns(e.MakerAccount);
        Concerns(e.TakerAccount);
        Concerns(TopicKind.Trades, e.Instrument.Value);
        Concerns(TopicKind.Activity, e.Instrument.Value);
        BookOf(e.Instrument, out _)?.Traded(in e);
    }

    /// <inheritdoc/>
    public override void On(in OrderReplenished e)
    {
        Concerns(e.Account);
        BookOf(e.Instrument, out _)?.Replenished(in e);
    }

    /// <inheritdoc/>
    public override void On(in OrderCanceled e) => Ended(e.Order, e.Account, e.Instrument);

    /// <inheritdoc/>
    public override void On(in OrderExpired e) => Ended(e.Order, e.Account, e.Instrument);

    private void Ended(OrderId order, AccountId account, InstrumentId instrument)
    {
        Concerns(account);
        Concerns(TopicKind.Activity, instrument.Value);
        BookOf(instrument, out _)?.Ended(order);
    }
}
