using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <content>The three events that are most of what is told, from the orders themselves. None is inlined: on their own
/// they need few registers. Each looks once whether all its integers are narrow, and then at none of them.</content>
public sealed partial class EventBuffer
{
    /// <summary>Says that an order that has not matched yet passed all checks.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Accepted(in Order order, ReadOnlySpan<byte> clientOrderId)
    {
        var packed = BeginOf(order.Instrument, EventKind.OrderAccepted, fields: 10);
        End(PackedInteger.IsNarrow(order.Id | order.Price | order.Remaining)
            ? PackAccepted(packed.Narrow(), in order, clientOrderId)
            : PackWideAccepted(packed, in order, clientOrderId));
    }

    /// <summary>Says that an order is taken out with what it has left.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Canceled(in Order order, StatusReason reason)
    {
        var packed = BeginOf(order.Instrument, EventKind.OrderCanceled, fields: 7);
        End(PackedInteger.IsNarrow(order.Id | order.Price | order.Remaining)
            ? PackCanceled(packed.Narrow(), in order, reason)
            : PackWideCanceled(packed, in order, reason));
    }

    /// <summary>Says that two orders traded; both are as they are after it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Traded(long id, in TradeRecord trade, in Order maker, in Order taker)
    {
        var packed = BeginOf(trade.Instrument, EventKind.Trade, fields: 12);
        End(PackedInteger.IsNarrow(
            id | trade.Price | trade.Quantity | maker.Id | taker.Id | trade.MakerFee | trade.TakerFee
            | maker.Remaining)
            ? PackTraded(packed.Narrow(), id, in trade, in maker, in taker)
            : PackWideTraded(packed, id, in trade, in maker, in taker));
        onTrade?.Invoke(new InstrumentId(trade.Instrument));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PackAccepted<TPacker>(
        TPacker packed, in Order order, ReadOnlySpan<byte> clientOrderId)
        where TPacker : struct, IPacker, allows ref struct
    {
        packed.Integer(order.Id);
        packed.Integer(order.Account);
        packed.TextOrNil(clientOrderId);
        packed.Integer(order.Instrument);
        packed.Small((byte)order.Side);
        packed.Small((byte)order.Type);
        packed.Integer(order.Price);
        packed.Integer(order.Remaining);
        packed.Small((byte)order.TimeInForce);
        packed.Boolean(order.IsPostOnly);
        return packed.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PackCanceled<TPacker>(TPacker packed, in Order order, StatusReason reason)
        where TPacker : struct, IPacker, allows ref struct
    {
        packed.Integer(order.Id);
        packed.Integer(order.Account);
        packed.Integer(order.Instrument);
        packed.Small((byte)order.Side);
        packed.Integer(order.Price);
        packed.Integer(order.Remaining);
        packed.Small((byte)reason);
        return packed.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PackTraded<TPacker>(
        TPacker packed, long id, in TradeRecord trade, in Order maker, in Order taker)
        where TPacker : struct, IPacker, allows ref struct
    {
        packed.Integer(id);
        packed.Integer(trade.Instrument);
        packed.Integer(trade.Price);
        packed.Integer(trade.Quantity);
        packed.Small((byte)trade.TakerSide);
        packed.Integer(maker.Id);
        packed.Integer(taker.Id);
        packed.Integer(maker.Account);
        packed.Integer(taker.Account);
        packed.Integer(trade.MakerFee);
        packed.Integer(trade.TakerFee);
        packed.Integer(maker.Remaining);
        return packed.Length;
    }

    // Apart, so that what seldom comes does not take registers from the others.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int PackWideAccepted(PackedSpan packed, in Order order, ReadOnlySpan<byte> clientOrderId) =>
        PackAccepted(packed, in order, clientOrderId);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int PackWideCanceled(PackedSpan packed, in Order order, StatusReason reason) =>
        PackCanceled(packed, in order, reason);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int PackWideTraded(
        PackedSpan packed, long id, in TradeRecord trade, in Order maker, in Order taker) =>
        PackTraded(packed, id, in trade, in maker, in taker);
}
