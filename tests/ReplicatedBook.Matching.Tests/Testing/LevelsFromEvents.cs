using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>A reader of the event stream that knows nothing else: keeps the lots shown at every price of every
/// book.</summary>
internal sealed partial class LevelsFromEvents : IEventSink
{
    private readonly Dictionary<OrderId, Resting> _orders = [];
    private readonly Dictionary<(int Instrument, Side Side, long Price), (long Lots, int Orders)> _levels = [];

    /// <summary>Levels of a side as price, lots and orders, best first.</summary>
    public IEnumerable<(long Price, long Lots, int Orders)> Of(int instrument, Side side) => _levels
        .Where(level => (level.Key.Instrument, level.Key.Side) == (instrument, side))
        .OrderBy(level => side == Side.Buy ? -level.Key.Price : level.Key.Price)
        .Select(level => (level.Key.Price, level.Value.Lots, level.Value.Orders));

    public void On(in OrderAccepted e) => Set(
        e.Order,
        new Resting(e.Instrument.Value, e.Side, e.LimitPrice.Ticks, e.Quantity.Lots, e.Quantity.Lots, 0, false));

    public void On(in OrderConditions e)
    {
        if (_orders.TryGetValue(e.Order, out var order))
        {
            order = order with { Display = e.DisplayQuantity.Lots, IsPending = e.StopPrice.Ticks != 0 };
            Set(e.Order, order.Anew(order.Price, order.Lots));
        }
    }

    public void On(in OrderTriggered e)
    {
        if (_orders.TryGetValue(e.Order, out var order))
        {
            Set(e.Order, order with { IsPending = false });
        }
    }

    public void On(in OrderAmended e)
    {
        var order = _orders[e.Order];
        Set(
            e.Order,
            e.KeptPriority
                ? order with { Lots = e.Remaining.Lots, Shown = Math.Min(order.Shown, e.Remaining.Lots) }
                : order.Anew(e.LimitPrice.Ticks, e.Remaining.Lots));
    }

    public void On(in OrderReplenished e) => Set(e.Order, _orders[e.Order] with { Shown = e.Shown.Lots });

    public void On(in Trade e)
    {
        var maker = _orders[e.MakerOrder];
        Set(
            e.MakerOrder,
            maker with { Lots = maker.Lots - e.Quantity.Lots, Shown = maker.Shown - e.Quantity.Lots });
        if (_orders.TryGetValue(e.TakerOrder, out var taker)) // It is not there when it names a budget and no lots.
        {
            Set(e.TakerOrder, taker.Anew(taker.Price, taker.Lots - e.Quantity.Lots));
        }
    }

    public void On(in OrderCanceled e) => Set(e.Order, default);

    public void On(in OrderExpired e) => Set(e.Order, default);

    public void BelongsTo(int market, long sequence)
    {
    }

    public void On(in OrderRejected e)
    {
    }

    public void On(in BalanceChanged e)
    {
    }

    public void On(in InstrumentChanged e)
    {
    }

    public void On(in InstrumentRulesChanged e)
    {
    }

    public void On(in AccountChanged e)
    {
    }

    public void On(in CancelAfterChanged e)
    {
    }

    public void On(in PredictionMarketChanged e)
    {
    }

    public void On(in PredictionMarketDescribed e)
    {
    }

    public void On(in OutcomeListed e)
    {
    }

    public void On(in SetSplit e)
    {
    }

    public void On(in SetMerged e)
    {
    }

    public void On(in OutcomePayoutSet e)
    {
    }

    public void On(in PositionSettled e)
    {
    }

    public void On(in PredictionMarketSettled e)
    {
    }

    public void On(in AssetChanged e)
    {
    }

    private void Set(OrderId id, Resting order)
    {
        if (_orders.Remove(id, out var old))
        {
            Add(old, -1);
        }

        if (order.Lots != 0)
        {
            _orders.Add(id, order);
            Add(order, 1);
        }
    }

    private void Add(Resting order, int sign)
    {
        if (order.IsPending)
        {
            return;
        }

        var level = (order.Instrument, order.Side, order.Price);
        _levels.Remove(level, out var old);
        if (old.Orders + sign != 0)
        {
            _levels.Add(level, (old.Lots + (sign * order.Shown), old.Orders + sign));
        }
    }

    private readonly record struct Resting(
        int Instrument, Side Side, long Price, long Lots, long Shown, long Display, bool IsPending)
    {
        /// <summary>As it stands when it comes into the book: with a new peak, if it is an iceberg.</summary>
        public Resting Anew(long price, long lots) => this with
        {
            Price = price,
            Lots = lots,
            Shown = Display == 0 ? lots : Math.Min(Display, lots),
        };
    }
}
