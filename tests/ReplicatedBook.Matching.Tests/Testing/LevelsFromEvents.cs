using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>A reader of the event stream that knows nothing else: keeps the lots at every price of every
/// book.</summary>
internal sealed class LevelsFromEvents : IEventSink
{
    private readonly Dictionary<OrderId, (int Instrument, Side Side, long Price, long Lots)> _orders = [];
    private readonly Dictionary<(int Instrument, Side Side, long Price), (long Lots, int Orders)> _levels = [];

    /// <summary>Levels of a side as price, lots and orders, best first.</summary>
    public IEnumerable<(long Price, long Lots, int Orders)> Of(int instrument, Side side) => _levels
        .Where(level => (level.Key.Instrument, level.Key.Side) == (instrument, side))
        .OrderBy(level => side == Side.Buy ? -level.Key.Price : level.Key.Price)
        .Select(level => (level.Key.Price, level.Value.Lots, level.Value.Orders));

    public void On(in OrderAccepted e) => Set(e.Order, e.Instrument, e.Side, e.LimitPrice, e.Quantity.Lots);

    public void On(in OrderAmended e) => Set(e.Order, e.Instrument, e.Side, e.LimitPrice, e.Remaining.Lots);

    public void On(in OrderCanceled e) => Take(e.Order, e.Remaining.Lots);

    public void On(in OrderExpired e) => Take(e.Order, e.Remaining.Lots);

    public void On(in Trade e)
    {
        Take(e.MakerOrder, e.Quantity.Lots);
        Take(e.TakerOrder, e.Quantity.Lots);
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

    public void On(in AccountChanged e)
    {
    }

    public void On(in AssetChanged e)
    {
    }

    /// <inheritdoc/>
    public void On(in OrderConditions e)
    {
    }

    /// <inheritdoc/>
    public void On(in OrderTriggered e)
    {
    }

    /// <inheritdoc/>
    public void On(in OrderReplenished e)
    {
    }

    /// <inheritdoc/>
    public void On(in InstrumentRulesChanged e)
    {
    }

    /// <inheritdoc/>
    public void On(in CancelAfterChanged e)
    {
    }

    private void Take(OrderId id, long lots)
    {
        var (instrument, side, price, left) = _orders[id];
        Set(id, new InstrumentId(instrument), side, new Price(price), left - lots);
    }

    private void Set(OrderId id, InstrumentId instrument, Side side, Price price, long lots)
    {
        if (_orders.Remove(id, out var old))
        {
            Add((old.Instrument, old.Side, old.Price), -old.Lots, -1);
        }

        if (lots != 0)
        {
            _orders.Add(id, (instrument.Value, side, price.Ticks, lots));
            Add((instrument.Value, side, price.Ticks), lots, 1);
        }
    }

    private void Add((int, Side, long) level, long lots, int orders)
    {
        var (oldLots, oldOrders) = _levels.GetValueOrDefault(level);
        _levels.Remove(level);
        if (oldOrders + orders != 0)
        {
            _levels.Add(level, (oldLots + lots, oldOrders + orders));
        }
    }
}
