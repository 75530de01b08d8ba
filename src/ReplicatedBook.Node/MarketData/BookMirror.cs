using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary>A book with all its orders, kept as the exchange has it from events alone. One owner uses it.</summary>
/// <remarks>An order that came, was triggered or lost its place to an amendment goes through the book first. What is
/// left of it rests before the next order does anything: no event says so, it follows from the order's terms. Events of
/// an instrument whose orders stand in another's book are in its own terms, trades in the book's.</remarks>
internal sealed class BookMirror
{
    private readonly Dictionary<OrderId, MirrorOrder> _orders = [];
    private readonly List<TouchedOrder> _touched = [];
    private readonly Dictionary<(Side Side, long Price), (long Lots, int Orders)> _levelsBefore = [];
    private readonly MirrorSide _bids = new(Side.Buy);
    private readonly MirrorSide _asks = new(Side.Sell);
    private MirrorOrder? _taking;
    private long _lastPlace;

    /// <summary>The entry whose events it takes.</summary>
    public long Index { get; private set; }

    /// <summary>One side, best first by rank.</summary>
    public MirrorSide this[Side side] => side == Side.Buy ? _bids : _asks;

    /// <summary>Forgets all and begins anew.</summary>
    /// <param name="image">The book as it was after an entry.</param>
    /// <param name="index">That entry.</param>
    /// <param name="termsOf">The instruments whose orders stand in the book.</param>
    public void Load(BookImage image, long index, Func<InstrumentId, InstrumentTerms> termsOf)
    {
        _orders.Clear();
        _bids.Clear();
        _asks.Clear();
        _taking = null;
        Index = index;
        foreach (var view in image.Orders)
        {
            var terms = termsOf(view.Instrument);
            _orders.Add(view.Id, new MirrorOrder(
                view.Id, terms.CanonicalSideOf(view.Side), MayRest(view.Type, view.TimeInForce))
            {
                Price = terms.CanonicalPriceOf(view.LimitPrice).Ticks,
                Remaining = view.Remaining.Lots,
                Display = view.DisplayQuantity.Lots,
            });
        }

        foreach (var resting in image.Book.BidOrders)
        {
            Rest(_orders[resting.Order], resting.Remaining.Lots);
        }

        foreach (var resting in image.Book.AskOrders)
        {
            Rest(_orders[resting.Order], resting.Remaining.Lots);
        }

        _touched.Clear();
        _levelsBefore.Clear();
    }

    /// <summary>The events of this entry come next.</summary>
    public void Begin(long index) => Index = index;

    /// <summary>All events of the entry were given.</summary>
    /// <returns>What they changed; null for nothing that is seen.</returns>
    public BookChange? End()
    {
        Settle();
        if (_touched.Count == 0)
        {
            return null;
        }

        var change = new BookChange(Index, LevelChanges(), OrderChanges());
        _touched.Clear();
        _levelsBefore.Clear();
        return change.Weight > 1 ? change : null;
    }

    public void Accepted(in OrderAccepted e, InstrumentTerms terms)
    {
        Settle();
        var order = new MirrorOrder(e.Order, terms.CanonicalSideOf(e.Side), MayRest(e.Type, e.TimeInForce))
        {
            Price = terms.CanonicalPriceOf(e.LimitPrice).Ticks,
            Remaining = e.Quantity.Lots,
        };
        _orders.Add(e.Order, order);
        _taking = e.Type >= OrderType.Stop ? null : order;
    }

    public void HasConditions(in OrderConditions e) => Find(e.Order).Display = e.DisplayQuantity.Lots;

    public void Triggered(in OrderTriggered e)
    {
        Settle();
        _taking = Find(e.Order);
    }

    public void Amended(in OrderAmended e, InstrumentTerms terms)
    {
        if (e.KeptPriority)
        {
            Shrink(Find(e.Order), e.Remaining.Lots);
            return;
        }

        Settle();
        var order = Find(e.Order);
        var rested = order.Level is not null;
        if (rested)
        {
            TakeOut(order);
        }

        order.Price = terms.CanonicalPriceOf(e.LimitPrice).Ticks;
        order.Remaining = e.Remaining.Lots;
        _taking = rested ? order : null; // One that waits for its stop price waits on.
    }

    public void Traded(in Trade e)
    {
        if (_taking is { } taker && taker.Id == e.TakerOrder)
        {
            taker.Remaining -= e.Quantity.Lots;
        }

        var maker = Find(e.MakerOrder);
        maker.Remaining = e.MakerRemaining.Lots;
        if (maker.Remaining == 0)
        {
            TakeOut(maker);
            _orders.Remove(maker.Id);
        }
        else
        {
            Show(maker, maker.Shown - e.Quantity.Lots);
        }
    }

    public void Replenished(in OrderReplenished e)
    {
        var order = Find(e.Order);
        TakeOut(order);
        Rest(order, e.Shown.Lots);
    }

    /// <summary>An order was canceled or expired.</summary>
    public void Ended(OrderId id)
    {
        var order = Find(id);
        if (order.Level is not null)
        {
            TakeOut(order);
        }

        _orders.Remove(id);
        _taking = _taking == order ? null : _taking;
    }

    private static bool MayRest(OrderType type, TimeInForce timeInForce) =>
        type is OrderType.Limit or OrderType.StopLimit
        && timeInForce is TimeInForce.GoodTilCanceled or TimeInForce.GoodTilDate;

    private MirrorOrder Find(OrderId id) => _orders.GetValueOrDefault(id)
        ?? throw new InvalidOperationException($"entry {Index} tells of order {id.Value}, which is not in the book");

    /// <summary>The order that went through the book has come to its end.</summary>
    private void Settle()
    {
        if (_taking is not { } order)
        {
            return;
        }

        _taking = null;
        if (order.MayRest && order.Remaining > 0)
        {
            Rest(order, order.Display == 0 ? order.Remaining : Math.Min(order.Display, order.Remaining));
        }
        else
        {
            _orders.Remove(order.Id);
        }
    }

    /// <summary>Fewer lots, what is not shown first; the order keeps its place.</summary>
    private void Shrink(MirrorOrder order, long remaining)
    {
        if (order.Level is not null)
        {
            var hidden = Math.Max(0, order.Remaining - order.Shown - (order.Remaining - remaining));
            Show(order, remaining - hidden);
        }

        order.Remaining = remaining;
    }

    private void Rest(MirrorOrder order, long shown)
    {
        Touch(order);
        order.Shown = shown;
        order.Place = ++_lastPlace;
        this[order.Side].FindOrAdd(order.Price).Append(order);
    }

    private void TakeOut(MirrorOrder order)
    {
        Touch(order);
        var level = order.Level!;
        level.Remove(order);
        if (level.Count == 0)
        {
            this[order.Side].Remove(level);
        }
    }

    private void Show(MirrorOrder order, long lots)
    {
        Touch(order);
        order.Level!.Lots += lots - order.Shown;
        order.Shown = lots;
    }

    /// <summary>Notes how an order and the level at its price are before they change.</summary>
    private void Touch(MirrorOrder order)
    {
        if (order.TouchedIn != Index)
        {
            order.TouchedIn = Index;
            _touched.Add(new TouchedOrder(order, order.Level is not null, order.Price, order.Shown, order.Place));
        }

        if (!_levelsBefore.ContainsKey((order.Side, order.Price)))
        {
            var level = this[order.Side].Find(order.Price);
            _levelsBefore.Add((order.Side, order.Price), (level?.Lots ?? 0, level?.Count ?? 0));
        }
    }

    private LevelChange[] LevelChanges()
    {
        var changes = new List<LevelChange>(_levelsBefore.Count);
        foreach (var ((side, price), before) in _levelsBefore)
        {
            var level = this[side].Find(price);
            var now = (level?.Lots ?? 0, level?.Count ?? 0);
            if (now != before)
            {
                changes.Add(new LevelChange(side, price, now.Item1, now.Item2));
            }
        }

        return [.. changes];
    }

    private OrderChange[] OrderChanges()
    {
        var (changes, added) = (new List<OrderChange>(_touched.Count), new List<TouchedOrder>());
        foreach (var touched in _touched)
        {
            if (touched.Rested && !touched.Stayed)
            {
                changes.Add(new OrderChange(
                    OrderChangeKind.Removed, touched.Order.Id, touched.Order.Side, touched.Price, 0));
            }

            if (touched.Order.Level is not null && !touched.Stayed)
            {
                added.Add(touched);
            }
        }

        foreach (var touched in _touched)
        {
            if (touched.Stayed && touched.Order.Shown != touched.Shown)
            {
                changes.Add(ChangeOf(OrderChangeKind.Changed, touched.Order));
            }
        }

        added.Sort(static (one, other) => one.Order.Place.CompareTo(other.Order.Place));
        foreach (var touched in added)
        {
            changes.Add(ChangeOf(OrderChangeKind.Added, touched.Order));
        }

        return [.. changes];
    }

    private static OrderChange ChangeOf(OrderChangeKind kind, MirrorOrder order) =>
        new(kind, order.Id, order.Side, order.Price, order.Shown);
}
