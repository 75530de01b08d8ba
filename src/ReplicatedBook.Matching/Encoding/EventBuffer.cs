using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Writes events one after another; cleared and used again for each entry, so it allocates nothing once
/// warm.</summary>
public sealed class EventBuffer : IEventSink
{
    // The largest event is a trade: a header and 14 integers; an acceptance has a client order id in place of one.
    private const int MaxEventBytes = 192;

    private readonly ByteBuffer _buffer = new();

    /// <summary>How many events are in it.</summary>
    public int Count { get; private set; }

    /// <summary>Their bytes; valid until the next write or clear.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.Written;

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Count = 0;
        _buffer.Clear();
    }

    /// <inheritdoc/>
    public void On(in OrderAccepted e)
    {
        var packed = Begin(EventKind.OrderAccepted, fields: 10);
        packed.Integer(e.Order.Value);
        packed.Integer(e.Account.Value);
        packed.TextOrNil(e.ClientOrderId.Bytes);
        packed.Integer(e.Instrument.Value);
        packed.Integer((long)e.Side);
        packed.Integer((long)e.Type);
        packed.Integer(e.LimitPrice.Ticks);
        packed.Integer(e.Quantity.Lots);
        packed.Integer((long)e.TimeInForce);
        packed.Boolean(e.IsPostOnly);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in OrderRejected e)
    {
        var packed = Begin(EventKind.OrderRejected, fields: 4);
        packed.Integer(e.Account.Value);
        packed.TextOrNil(e.ClientOrderId.Bytes);
        packed.Integer(e.Instrument.Value);
        packed.Integer((long)e.Reason);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in OrderAmended e)
    {
        var packed = Begin(EventKind.OrderAmended, fields: 8);
        packed.Integer(e.Order.Value);
        packed.Integer(e.Account.Value);
        packed.Integer(e.Instrument.Value);
        packed.Integer((long)e.Side);
        packed.Integer(e.LimitPrice.Ticks);
        packed.Integer(e.Quantity.Lots);
        packed.Integer(e.Remaining.Lots);
        packed.Boolean(e.KeptPriority);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in OrderCanceled e)
    {
        var packed = Begin(EventKind.OrderCanceled, fields: 7);
        packed.Integer(e.Order.Value);
        packed.Integer(e.Account.Value);
        packed.Integer(e.Instrument.Value);
        packed.Integer((long)e.Side);
        packed.Integer(e.LimitPrice.Ticks);
        packed.Integer(e.Remaining.Lots);
        packed.Integer((long)e.Reason);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in OrderExpired e)
    {
        var packed = Begin(EventKind.OrderExpired, fields: 6);
        packed.Integer(e.Order.Value);
        packed.Integer(e.Account.Value);
        packed.Integer(e.Instrument.Value);
        packed.Integer((long)e.Side);
        packed.Integer(e.Remaining.Lots);
        packed.Integer((long)e.Reason);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in Trade e)
    {
        var packed = Begin(EventKind.Trade, fields: 12);
        packed.Integer(e.Id.Value);
        packed.Integer(e.Instrument.Value);
        packed.Integer(e.Price.Ticks);
        packed.Integer(e.Quantity.Lots);
        packed.Integer((long)e.TakerSide);
        packed.Integer(e.MakerOrder.Value);
        packed.Integer(e.TakerOrder.Value);
        packed.Integer(e.MakerAccount.Value);
        packed.Integer(e.TakerAccount.Value);
        packed.Integer(e.MakerFee.Units);
        packed.Integer(e.TakerFee.Units);
        packed.Integer(e.MakerRemaining.Lots);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in BalanceChanged e)
    {
        var packed = Begin(EventKind.BalanceChanged, fields: 6);
        packed.Integer(e.Ledger.Value);
        packed.Integer(e.Account.Value);
        packed.Integer(e.Asset.Value);
        packed.Integer(e.Change.Units);
        packed.Integer(e.Available.Units);
        packed.Integer(e.Reserved.Units);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in InstrumentChanged e)
    {
        var packed = Begin(EventKind.InstrumentChanged, fields: 4);
        packed.Integer(e.Instrument.Value);
        packed.Integer((long)e.Status);
        packed.Integer(e.MakerFeeBps);
        packed.Integer(e.TakerFeeBps);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in AccountChanged e)
    {
        var packed = Begin(EventKind.AccountChanged, fields: 2);
        packed.Integer(e.Account.Value);
        packed.Integer(e.User.Value);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in AssetChanged e)
    {
        var packed = Begin(EventKind.AssetChanged, fields: 2);
        packed.Integer(e.Asset.Value);
        packed.Integer(e.Scale);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in OrderConditions e)
    {
        var packed = Begin(EventKind.OrderConditions, fields: 7);
        packed.Integer(e.Order.Value);
        packed.Integer(e.Account.Value);
        packed.Integer(e.Instrument.Value);
        packed.Integer(e.ExpiresAt.Microseconds);
        packed.Integer(e.DisplayQuantity.Lots);
        packed.Integer(e.StopPrice.Ticks);
        packed.Integer(e.QuoteQuantity.Units);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in OrderTriggered e)
    {
        var packed = Begin(EventKind.OrderTriggered, fields: 5);
        packed.Integer(e.Order.Value);
        packed.Integer(e.Account.Value);
        packed.Integer(e.Instrument.Value);
        packed.Integer((long)e.Side);
        packed.Integer(e.StopPrice.Ticks);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in OrderReplenished e)
    {
        var packed = Begin(EventKind.OrderReplenished, fields: 6);
        packed.Integer(e.Order.Value);
        packed.Integer(e.Account.Value);
        packed.Integer(e.Instrument.Value);
        packed.Integer((long)e.Side);
        packed.Integer(e.LimitPrice.Ticks);
        packed.Integer(e.Shown.Lots);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in InstrumentRulesChanged e)
    {
        var packed = Begin(EventKind.InstrumentRulesChanged, fields: 4);
        packed.Integer(e.Instrument.Value);
        packed.Integer(e.Rules.MinNotional);
        packed.Integer(e.Rules.MaxQuantity);
        packed.Integer(e.Rules.PriceBandBps);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in CancelAfterChanged e)
    {
        var packed = Begin(EventKind.CancelAfterChanged, fields: 2);
        packed.Integer(e.Account.Value);
        packed.Integer(e.At.Microseconds);
        End(packed.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PackedSpan Begin(EventKind kind, int fields)
    {
        var packed = new PackedSpan(_buffer.Reserve(MaxEventBytes));
        packed.ArrayHeader(2 + fields);
        packed.Integer(EventCodec.Version);
        packed.Integer((long)kind);
        return packed;
    }

    private void End(int length)
    {
        _buffer.Advance(length);
        Count++;
    }
}
