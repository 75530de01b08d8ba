using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Stop orders: waiting for a trade, and what happens once there was one.</content>
public sealed partial class Exchange
{
    private readonly Queue<int> _triggered = new();

    /// <summary>Maps a stop price so that of one side's what triggers first has the larger key: the lowest to buy, the
    /// highest to sell.</summary>
    private static long StopKeyOf(Side side, long stopPrice) => side == Side.Buy ? -stopPrice : stopPrice;

    private static long StopKeyOf(Instrument instrument, Side side, long stopPrice) =>
        StopKeyOf(instrument.BookSide(side), instrument.BookPrice(stopPrice));

    /// <summary>Puts an accepted stop order where it waits.</summary>
    private void Wait(int slot, Instrument instrument)
    {
        ref var order = ref _orders.Edit(slot);
        order.Status = OrderStatus.Pending;
        Rereserve(ref order, instrument);
        instrument.EnsureStops(_orders).Add(
            slot, ref order, StopKeyOf(instrument, order.Side, _orders.Options(slot).StopPrice));
        List(slot, ref order);
        Show(slot, isOpen: true);
    }

    /// <summary>Triggers the stop orders that stand in line, each in its turn; what the trades of one reach stands
    /// behind what stood in line before. To be called when the command's answer is written.</summary>
    private void TriggerStops()
    {
        while (_triggered.TryDequeue(out var slot))
        {
            Trigger(slot, _instruments[_orders[slot].Instrument - 1]);
        }
    }

    /// <summary>Puts in line what the trades of the order before reached or passed: first buys from the lowest stop
    /// price up, then sells from the highest down, at one price in order of entry. To be called after every order that
    /// may have traded, and before the next one comes: no order is triggered by a trade from before it came.</summary>
    /// <param name="instrument">What was traded.</param>
    /// <param name="firstPrice">Of the order's trades; 0 when it had none.</param>
    private void CollectTriggered(Instrument instrument, long firstPrice)
    {
        if (firstPrice == 0 || instrument.Stops is not { } stops)
        {
            return;
        }

        var lastPrice = instrument.Canonical.LastPrice;
        CollectTriggered(stops, Side.Buy, StopKeyOf(Side.Buy, Math.Max(firstPrice, lastPrice)));
        CollectTriggered(stops, Side.Sell, StopKeyOf(Side.Sell, Math.Min(firstPrice, lastPrice)));
    }

    private void CollectTriggered(OrderBook stops, Side side, long lastKey)
    {
        var place = OrderBook.FromBest;
        while (stops.Next(side, ref place, out var level) && level.Key >= lastKey)
        {
            place = OrderBook.FromBest; // Its level may be gone now.
            if (HasLeftOver && IsOver(level.Oldest))
            {
                End(level.Oldest);
                continue;
            }

            stops.Remove(level.Oldest, in _orders[level.Oldest]);
            _triggered.Enqueue(level.Oldest);
        }
    }

    private void Trigger(int slot, Instrument instrument)
    {
        ref var order = ref _orders.Edit(slot);
        Release(ref order);
        order.Status = OrderStatus.Open;
        order.UpdatedIndex = AppliedIndex;
        order.UpdatedAt = Now.Microseconds;
        var triggered = new OrderTriggered(
            new OrderId(order.Id), new AccountId(order.Account), new InstrumentId(order.Instrument), order.Side,
            new Price(_orders.Options(slot).StopPrice));
        _events.On(in triggered);
        MatchAndRest(slot, ref order, instrument, isListed: true, NeedOf(in order, instrument));
    }
}
