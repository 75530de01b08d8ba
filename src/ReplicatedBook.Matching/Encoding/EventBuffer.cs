using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Writes events one after another; cleared and used again for each entry, so it allocates nothing once
/// warm.</summary>
/// <param name="onTrade">Is told the instrument of every trade.</param>
public sealed partial class EventBuffer(Action<InstrumentId>? onTrade = null) : IEventSink
{
    // The largest event is a trade of bets: a header and 20 integers.
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
    public void On(in OrderAccepted e) => Accepted(
        e.Order.Value, e.Account.Value, e.ClientOrderId.Bytes, e.Instrument.Value, e.Side, e.Type, e.LimitPrice.Ticks,
        e.Quantity.Lots, e.TimeInForce, e.IsPostOnly);

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
        var packed = BeginOf(e.Instrument.Value, EventKind.OrderAmended, fields: 8);
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
    public void On(in OrderCanceled e) => Canceled(
        e.Order.Value, e.Account.Value, e.Instrument.Value, e.Side, e.LimitPrice.Ticks, e.Remaining.Lots, e.Reason);

    /// <inheritdoc/>
    public void On(in OrderExpired e)
    {
        var packed = BeginOf(e.Instrument.Value, EventKind.OrderExpired, fields: 6);
        packed.Integer(e.Order.Value);
        packed.Integer(e.Account.Value);
        packed.Integer(e.Instrument.Value);
        packed.Integer((long)e.Side);
        packed.Integer(e.Remaining.Lots);
        packed.Integer((long)e.Reason);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in Trade e) => Traded(
        e.Id.Value, e.Instrument.Value, e.Price.Ticks, e.Quantity.Lots, e.TakerSide, e.MakerOrder.Value,
        e.TakerOrder.Value, e.MakerAccount.Value, e.TakerAccount.Value, e.MakerFee.Units, e.TakerFee.Units,
        e.MakerRemaining.Lots);

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
        var packed = BeginOf(e.Instrument.Value, EventKind.InstrumentChanged, fields: 4);
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
        var packed = BeginOfAsset(e.Asset.Value, EventKind.AssetChanged, fields: 2);
        packed.Integer(e.Asset.Value);
        packed.Integer(e.Scale);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in OrderConditions e)
    {
        var packed = BeginOf(e.Instrument.Value, EventKind.OrderConditions, fields: 7);
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
        var packed = BeginOf(e.Instrument.Value, EventKind.OrderTriggered, fields: 5);
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
        var packed = BeginOf(e.Instrument.Value, EventKind.OrderReplenished, fields: 6);
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
        var packed = BeginOf(e.Instrument.Value, EventKind.InstrumentRulesChanged, fields: 4);
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

    /// <summary>Says that an order that has not matched yet passed all checks.</summary>
    internal void Accepted(in Order order, ReadOnlySpan<byte> clientOrderId) => Accepted(
        order.Id, order.Account, clientOrderId, order.Instrument, order.Side, order.Type, order.Price,
        order.Remaining, order.TimeInForce, order.IsPostOnly);

    /// <summary>Says that an order is taken out with what it has left.</summary>
    internal void Canceled(in Order order, StatusReason reason) => Canceled(
        order.Id, order.Account, order.Instrument, order.Side, order.Price, order.Remaining, reason);

    /// <summary>Says that two orders traded; both are as they are after it.</summary>
    internal void Traded(long id, in TradeRecord trade, in Order maker, in Order taker) => Traded(
        id, trade.Instrument, trade.Price, trade.Quantity, trade.TakerSide, maker.Id, taker.Id, maker.Account,
        taker.Account, trade.MakerFee, trade.TakerFee, maker.Remaining);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Accepted(
        long order, long account, ReadOnlySpan<byte> clientOrderId, int instrument, Side side, OrderType type,
        long price, long lots, TimeInForce timeInForce, bool isPostOnly)
    {
        var packed = BeginOf(instrument, EventKind.OrderAccepted, fields: 10);
        packed.Integer(order);
        packed.Integer(account);
        packed.TextOrNil(clientOrderId);
        packed.Integer(instrument);
        packed.Integer((long)side);
        packed.Integer((long)type);
        packed.Integer(price);
        packed.Integer(lots);
        packed.Integer((long)timeInForce);
        packed.Boolean(isPostOnly);
        End(packed.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Canceled(
        long order, long account, int instrument, Side side, long price, long lots, StatusReason reason)
    {
        var packed = BeginOf(instrument, EventKind.OrderCanceled, fields: 7);
        packed.Integer(order);
        packed.Integer(account);
        packed.Integer(instrument);
        packed.Integer((long)side);
        packed.Integer(price);
        packed.Integer(lots);
        packed.Integer((long)reason);
        End(packed.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Traded(
        long id, int instrument, long price, long lots, Side takerSide, long maker, long taker, long makerAccount,
        long takerAccount, long makerFee, long takerFee, long makerRemaining)
    {
        var packed = BeginOf(instrument, EventKind.Trade, fields: 12);
        packed.Integer(id);
        packed.Integer(instrument);
        packed.Integer(price);
        packed.Integer(lots);
        packed.Integer((long)takerSide);
        packed.Integer(maker);
        packed.Integer(taker);
        packed.Integer(makerAccount);
        packed.Integer(takerAccount);
        packed.Integer(makerFee);
        packed.Integer(takerFee);
        packed.Integer(makerRemaining);
        End(packed.Length);
        onTrade?.Invoke(new InstrumentId(instrument));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PackedSpan Begin(EventKind kind, int fields, int maxBytes = MaxEventBytes)
    {
        var packed = new PackedSpan(_buffer.Reserve(maxBytes));
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
