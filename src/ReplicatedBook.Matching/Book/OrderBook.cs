using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Book;

/// <summary>The resting orders of one instrument by price, then by time. It keeps order and totals; what a match moves
/// between accounts is the exchange's business.</summary>
/// <typeparam name="TLevels">How the levels of a side are kept.</typeparam>
/// <param name="orders">Where the orders are; shared by all books.</param>
/// <param name="bids">No levels.</param>
/// <param name="asks">No levels.</param>
internal sealed class OrderBook<TLevels>(OrderPool orders, TLevels bids, TLevels asks)
    where TLevels : struct, IPriceLevels
{
    // Fields, not properties: levels are structs and must be changed in place.
    private TLevels _bids = bids;
    private TLevels _asks = asks;

    /// <summary>Lots of all bids; kept within 64 bits by a check before every order.</summary>
    public long BidLots { get; private set; }

    /// <summary>Lots of all asks.</summary>
    public long AskLots { get; private set; }

    /// <summary>The side's levels.</summary>
    public ref TLevels Levels(Side side) => ref side == Side.Buy ? ref _bids : ref _asks;

    /// <summary>Maps a price so that on either side the better price has the larger key.</summary>
    public static long KeyOf(Side side, long price) => side == Side.Buy ? price : -price;

    /// <summary>The price of a key.</summary>
    public static long PriceOf(Side side, long key) => side == Side.Buy ? key : -key;

    /// <summary>The smallest key of the other side's levels that an order would trade with.</summary>
    public static long WorstKeyFor(in Order order) =>
        order.Type == OrderType.Market ? long.MinValue : order.Side == Side.Buy ? -order.Price : order.Price;

    /// <summary>Whether an order at this limit would match at once.</summary>
    public bool WouldMatch(Side side, long price)
    {
        ref var opposite = ref Levels(side == Side.Buy ? Side.Sell : Side.Buy);
        return opposite.Best is >= 0 and var best && opposite[best].Key >= (side == Side.Buy ? -price : price);
    }

    /// <summary>Puts an order behind all others of its price.</summary>
    public void Add(int slot)
    {
        ref var order = ref orders.Edit(slot);
        ref var levels = ref Levels(order.Side);
        var levelSlot = levels.FindOrAdd(KeyOf(order.Side, order.Price));
        ref var level = ref levels[levelSlot];
        order.Level = levelSlot;
        order.Next = -1;
        order.Previous = level.Youngest;
        if (level.Youngest >= 0)
        {
            orders.Edit(level.Youngest).Next = slot;
        }
        else
        {
            level.Oldest = slot;
        }

        level.Youngest = slot;
        level.Count++;
        level.Lots += order.Remaining;
        AddLots(order.Side, order.Remaining);
    }

    /// <summary>Takes an order out, with all its remaining lots; its level goes with it if it was the last
    /// there.</summary>
    public void Remove(int slot)
    {
        ref readonly var order = ref orders[slot];
        ref var levels = ref Levels(order.Side);
        ref var level = ref levels[order.Level];
        if (order.Previous >= 0)
        {
            orders.Edit(order.Previous).Next = order.Next;
        }
        else
        {
            level.Oldest = order.Next;
        }

        if (order.Next >= 0)
        {
            orders.Edit(order.Next).Previous = order.Previous;
        }
        else
        {
            level.Youngest = order.Previous;
        }

        level.Lots -= order.Remaining;
        AddLots(order.Side, -order.Remaining);
        if (--level.Count == 0)
        {
            levels.Remove(order.Level);
        }
    }

    /// <summary>Takes lots off an order in place; at zero the caller removes it.</summary>
    public void Reduce(ref Order order, long lots)
    {
        order.Remaining -= lots;
        Levels(order.Side)[order.Level].Lots -= lots;
        AddLots(order.Side, -lots);
    }

    private void AddLots(Side side, long lots)
    {
        if (side == Side.Buy)
        {
            BidLots += lots;
        }
        else
        {
            AskLots += lots;
        }
    }
}
