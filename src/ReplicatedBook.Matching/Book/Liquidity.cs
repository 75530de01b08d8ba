using ReplicatedBook.Matching.Accounts;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Book;

/// <summary>Adds up what an order would find in the book, level by level. Its own user's orders are no liquidity
/// unless it may trade with them; where one of them would stop or shrink it, what lies behind is none either.</summary>
/// <param name="orders">Where the orders are.</param>
/// <param name="taker">The order.</param>
/// <param name="own">Whose orders are its own.</param>
/// <param name="over">Orders that end at this time or before are none either; 0 when there are none.</param>
internal ref struct Liquidity(OrderPool orders, in Order taker, OwnAccounts own, long over) : ILevelVisitor
{
    private readonly ref readonly Order _taker = ref taker;
    private bool _isStopped;

    /// <summary>Lots still to be found.</summary>
    public long Wanted { get; private set; } = taker.Remaining;

    /// <summary>Price times lots of what was found.</summary>
    public Int128 Value { get; private set; }

    /// <inheritdoc/>
    public bool Visit(in PriceLevel level)
    {
        var takesAll = over == 0 && _taker.SelfTradePrevention == SelfTradePrevention.None;
        var lots = Math.Min(Wanted, takesAll ? level.Lots : LotsOfOthers(in level));
        Value += (Int128)OrderBook.PriceOf(OrderBook.Opposite(_taker.BookSide), level.Key) * lots;
        Wanted -= lots;
        return Wanted > 0 && !_isStopped;
    }

    private long LotsOfOthers(in PriceLevel level)
    {
        var (lots, shown) = (0L, 0L);
        for (var slot = level.Oldest; slot >= 0; slot = orders[slot].Next)
        {
            ref readonly var order = ref orders[slot];
            if (order.TimeInForce == TimeInForce.GoodTilDate && orders.Options(slot).ExpiresAt <= over)
            {
                continue;
            }

            if (!own.Has(order.Account) || _taker.SelfTradePrevention == SelfTradePrevention.None)
            {
                lots += order.Remaining;
                shown += orders.Shown(slot, in order);
            }
            else if (_taker.SelfTradePrevention != SelfTradePrevention.CancelMaker)
            {
                // Before it only what icebergs show: their next peaks come behind it.
                _isStopped = true;
                return shown;
            }
        }

        return lots;
    }
}
