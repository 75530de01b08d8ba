using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>The product's book alone, with its order pool and its index of ids: no accounts, no events but
/// reports.</summary>
/// <typeparam name="TLevels">How the levels of a side are kept.</typeparam>
internal sealed class BookCore<TLevels> : IReportingCore
    where TLevels : struct, IPriceLevels
{
    private readonly Operation[] _operations;
    private readonly OrderPool _orders = new();
    private readonly KeyIndex _ids = new();
    private readonly OrderBook<TLevels>[] _books;

    /// <summary>Books without orders.</summary>
    /// <param name="name">How the levels are kept, for people.</param>
    /// <param name="operations">What it runs.</param>
    /// <param name="books">How many books there are.</param>
    /// <param name="newLevels">Makes a side of a book.</param>
    /// <param name="reports">Where it reports.</param>
    public BookCore(
        string name, Operation[] operations, int books, Func<Side, TLevels> newLevels, ReportRing reports)
    {
        Name = $"book alone, {name}";
        _operations = operations;
        Reports = reports;
        _books = new OrderBook<TLevels>[books];
        for (var i = 0; i < books; i++)
        {
            _books[i] = new OrderBook<TLevels>(_orders, newLevels(Side.Buy), newLevels(Side.Sell));
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ReportRing Reports { get; }

    /// <inheritdoc/>
    public void Prepare()
    {
        foreach (var book in _books)
        {
            Clear(book, Side.Buy);
            Clear(book, Side.Sell);
        }
    }

    /// <inheritdoc/>
    public void Run(int start, int count)
    {
        for (var i = start; i < start + count; i++)
        {
            ref readonly var operation = ref _operations[i];
            var book = _books[operation.Book];
            switch (operation.Kind)
            {
                case OperationKind.Cancel:
                    Cancel(book, operation.Order, i);
                    break;
                case OperationKind.Replace:
                    Replace(book, in operation, i);
                    break;
                default:
                    Reports.Add(
                        ReportKind.Accepted, operation.IsBuy, i, operation.Order, operation.Price, operation.Lots);
                    Enter(book, _orders.Take(), in operation, i);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Totals, links and index of the book do not agree.</exception>
    public List<RestingOrder> Resting()
    {
        var resting = new List<RestingOrder>();
        foreach (var side in new[] { Side.Buy, Side.Sell })
        {
            var lots = 0L;
            for (var place = OrderBook.FromBest; _books[0].Next(side, ref place, out var level); lots += level.Lots)
            {
                AddLevel(resting, side, in level);
            }

            Require(lots == _books[0].LotsOf(side));
        }

        Require(resting.Count == _ids.Count && resting.Count == _orders.Count);
        return resting;
    }

    private void AddLevel(List<RestingOrder> resting, Side side, in PriceLevel level)
    {
        var (count, lots, previous) = (0, 0L, -1);
        for (var slot = level.Oldest; slot >= 0; slot = _orders[slot].Next)
        {
            ref readonly var order = ref _orders[slot];
            Require(order.Side == side && OrderBook.KeyOf(side, order.Price) == level.Key && order.Remaining > 0);
            Require((slot == level.Oldest || order.Previous == previous) && _ids.Find(order.Id) == slot);
            (count, lots, previous) = (count + 1, lots + order.Remaining, slot);
            resting.Add(new RestingOrder(side == Side.Buy, order.Price, order.Id, order.Remaining));
        }

        Require(count > 0 && count == level.Count && lots == level.Lots && previous == level.Youngest);
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("the book's totals, links and index do not agree");
        }
    }

    /// <summary>Copies the best levels of the first book.</summary>
    /// <returns>How many.</returns>
    public int CopyTop(Side side, Span<PriceLevel> destination) => _books[0].CopyLevels(side, destination);

    private void Clear(OrderBook<TLevels> book, Side side)
    {
        for (var place = OrderBook.FromBest; book.Next(side, ref place, out var level); place = OrderBook.FromBest)
        {
            book.Remove(level.Oldest, in _orders[level.Oldest]);
            Forget(level.Oldest);
        }
    }

    private void Forget(int slot)
    {
        _ids.Remove(_orders[slot].Id);
        _orders.Release(slot);
    }

    private void Cancel(OrderBook<TLevels> book, long id, long sequence)
    {
        var slot = _ids.Find(id);
        if (slot < 0)
        {
            Reports.Add(ReportKind.CancelRejected, false, sequence, id, 0, 0);
            return;
        }

        ref readonly var order = ref _orders[slot];
        Reports.Add(ReportKind.Canceled, order.Side == Side.Buy, sequence, id, order.Price, 0);
        book.Remove(slot, in order);
        Forget(slot);
    }

    private void Replace(OrderBook<TLevels> book, in Operation operation, long sequence)
    {
        var slot = _ids.Find(operation.Order);
        if (slot < 0)
        {
            Reports.Add(ReportKind.ReplaceRejected, false, sequence, operation.Order, 0, 0);
            return;
        }

        book.Remove(slot, in _orders[slot]);
        _ids.Remove(operation.Order);
        Enter(book, slot, in operation, sequence);
        Reports.Add(
            ReportKind.Replaced, operation.IsBuy, sequence, operation.Order, operation.Price, operation.Lots);
    }

    /// <summary>Matches an order that is in no book, and rests what may rest.</summary>
    private void Enter(OrderBook<TLevels> book, int slot, in Operation operation, long sequence)
    {
        ref var order = ref _orders.Edit(slot);
        order.Id = operation.Order;
        order.Price = operation.Price;
        order.Remaining = operation.Lots;
        order.Side = operation.IsBuy ? Side.Buy : Side.Sell;
        order.Type = OrderType.Limit;
        var fills = new Fills(this, sequence);
        book.Match(ref order, OrderBook.WorstKeyFor(order.Side, order.Price), ref fills);
        if (order.Remaining > 0 && operation.Kind != OperationKind.PlaceImmediate)
        {
            book.Add(slot, ref order, OrderBook.KeyOf(order.Side, order.Price));
            _ids.Add(operation.Order, slot);
            return;
        }

        if (order.Remaining > 0)
        {
            Reports.Add(ReportKind.Canceled, operation.IsBuy, sequence, operation.Order, operation.Price, 0);
        }

        _orders.Release(slot);
    }

    private readonly struct Fills(BookCore<TLevels> core, long sequence) : IFillHandler
    {
        /// <inheritdoc/>
        public bool IsDone => false;

        /// <inheritdoc/>
        public long Meet(int slot, in Order maker, ref Order taker) => Math.Min(maker.Remaining, taker.Remaining);

        /// <inheritdoc/>
        public void Filled(ref Order maker, ref Order taker, long lots) =>
            core.Reports.AddTrade(sequence, maker.Id, taker.Id, maker.Price, lots);

        /// <inheritdoc/>
        public void Replenished(in Order maker, long shown)
        {
        }

        /// <inheritdoc/>
        public void Emptied(int slot, in Order maker) => core.Forget(slot);
    }
}
