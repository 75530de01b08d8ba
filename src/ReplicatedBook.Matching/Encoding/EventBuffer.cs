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
    public void On(in OrderAccepted e)
    {
        var order = Order(e.Order, e.Account, e.Quantity);
        order.Instrument = e.Instrument.Value;
        order.Side = e.Side;
        order.Type = e.Type;
        order.Price = e.LimitPrice.Ticks;
        order.TimeInForce = e.TimeInForce;
        order.IsPostOnly = e.IsPostOnly;
        Accepted(in order, e.ClientOrderId.Bytes);
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
    public void On(in OrderCanceled e)
    {
        var order = Order(e.Order, e.Account, e.Remaining);
        order.Instrument = e.Instrument.Value;
        order.Side = e.Side;
        order.Price = e.LimitPrice.Ticks;
        Canceled(in order, e.Reason);
    }

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
    public void On(in Trade e)
    {
        var trade = new TradeRecord
        {
            Instrument = e.Instrument.Value,
            Price = e.Price.Ticks,
            Quantity = e.Quantity.Lots,
            TakerSide = e.TakerSide,
            MakerFee = e.MakerFee.Units,
            TakerFee = e.TakerFee.Units,
        };
        var maker = Order(e.MakerOrder, e.MakerAccount, e.MakerRemaining);
        var taker = Order(e.TakerOrder, e.TakerAccount, default);
        Traded(e.Id.Value, in trade, in maker, in taker);
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

    private static Order Order(OrderId id, AccountId account, Quantity remaining) => new()
    {
        Id = id.Value,
        Account = checked((int)account.Value),
        Remaining = remaining.Lots,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PackedSpan Begin(EventKind kind, int fields, int maxBytes = MaxEventBytes)
    {
        var packed = new PackedSpan(_buffer.Reserve(maxBytes));
        packed.ArrayHeader(2 + fields, EventCodec.Version, (byte)kind);
        return packed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void End(int length)
    {
        _buffer.Advance(length);
        Count++;
    }
}
