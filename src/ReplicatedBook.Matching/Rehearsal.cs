using ReplicatedBook.Matching.Accounts;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching;

/// <summary>An order's way through the book without leaving a trace: for previews.</summary>
/// <param name="orders">Where the orders are.</param>
/// <param name="instrument">What is traded.</param>
/// <param name="order">A copy of the order, in no book.</param>
/// <param name="own">Whose orders are its own.</param>
internal sealed class Rehearsal(OrderPool orders, Instrument instrument, Order order, OwnAccounts own)
{
    private readonly List<PreviewFill> _fills = [];
    private readonly Queue<Maker> _line = new();
    private Order _order = order;
    private long _budget;

    /// <summary>The order as it is afterwards.</summary>
    public Order Order => _order;

    /// <summary>Why it ended before liquidity or lots did; None if it did not.</summary>
    public StatusReason End { get; private set; }

    /// <summary>Whether nothing is left of the other side.</summary>
    public bool HasEmptiedBook { get; private set; }

    /// <summary>What it traded, by price.</summary>
    public IReadOnlyList<PreviewFill> Fills => _fills;

    /// <summary>Goes through the book.</summary>
    /// <param name="budget">Quote units it may spend; -1 for no bound.</param>
    /// <param name="worstPrice">Worst price it may trade at; 0 for any.</param>
    public void Run(long budget, long worstPrice)
    {
        var before = _order;
        _budget = _order.TimeInForce == TimeInForce.FillOrKill ? -1 : budget;
        Walk(instrument.WorstKeyFor(_order.Side, worstPrice));
        if (_order.TimeInForce != TimeInForce.FillOrKill)
        {
            return;
        }

        End = _order.Filled < before.Remaining ? StatusReason.FillOrKill
            : budget >= 0 && instrument.Terms.TotalPaid(_order.FilledValue, _order.FeeValue) > budget
                ? StatusReason.InsufficientFunds
            : StatusReason.None;
        if (End != StatusReason.None)
        {
            _order = before;
            _fills.Clear();
        }
    }

    private void Walk(long worstKey)
    {
        var side = OrderBook.Opposite(_order.BookSide);
        var place = OrderBook.FromBest;
        while (_order.Remaining > 0 && End == StatusReason.None)
        {
            if (!instrument.Book.Next(side, ref place, out var level))
            {
                HasEmptiedBook = true;
                return;
            }

            if (level.Key < worstKey)
            {
                return;
            }

            Line(level.Oldest);
            Trade(instrument.BookPrice(OrderBook.PriceOf(side, level.Key)));
        }
    }

    private void Line(int oldest)
    {
        _line.Clear();
        for (var slot = oldest; slot >= 0; slot = orders[slot].Next)
        {
            ref readonly var order = ref orders[slot];
            _line.Enqueue(new Maker(order.Account, order.Remaining, orders.Shown(slot, in order)));
        }
    }

    private void Trade(long price)
    {
        var (traded, fees) = (0L, 0L);
        while (_order.Remaining > 0 && End == StatusReason.None && _line.TryDequeue(out var maker))
        {
            if (own.Has(maker.Account) && _order.SelfTradePrevention != SelfTradePrevention.None)
            {
                PreventSelfTrade(in maker);
                continue;
            }

            var lots = Afford(price, Math.Min(_order.Remaining, maker.Shown));
            if (lots > 0)
            {
                instrument.Terms.Settle(ref _order, price * lots, _order.TakerFeeBps, out var fee);
                _order.Filled += lots;
                _order.Remaining -= lots;
                traded += lots;
                fees += fee;
            }

            if (maker.Lots > lots)
            {
                // In one peak: all own orders are behind by then, and in how many parts it goes makes no difference.
                _line.Enqueue(maker with { Lots = maker.Lots - lots, Shown = maker.Lots - lots });
            }
        }

        if (traded > 0)
        {
            _fills.Add(new PreviewFill(new Price(price), new Quantity(traded), new Amount(fees)));
        }
    }

    private void PreventSelfTrade(in Maker own)
    {
        if (_order.SelfTradePrevention == SelfTradePrevention.Decrement && own.Lots < _order.Remaining)
        {
            _order.Remaining -= own.Lots;
        }
        else if (_order.SelfTradePrevention != SelfTradePrevention.CancelMaker)
        {
            End = StatusReason.SelfTrade;
        }
    }

    private long Afford(long price, long lots)
    {
        if (_budget < 0)
        {
            return lots;
        }

        var affordable = instrument.Terms.AffordableLots(in _order, price, _order.TakerFeeBps, _budget);
        if (affordable < lots)
        {
            End = StatusReason.InsufficientFunds;
        }

        return Math.Min(affordable, lots);
    }

    private readonly record struct Maker(int Account, long Lots, long Shown);
}
