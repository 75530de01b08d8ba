namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>An idiomatic book (sorted dictionary of linked lists): makes workloads, and is what results and speed are
/// compared with.</summary>
/// <param name="reports">Where it reports.</param>
/// <param name="live">Told which orders rest; null when nobody wants to know.</param>
internal sealed class ReferenceBook(ReportRing reports, LiveOrders? live = null)
{
    private readonly SortedDictionary<long, LinkedList<ReferenceOrder>> _bids = new(
        Comparer<long>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<long, LinkedList<ReferenceOrder>> _asks = [];
    private readonly Dictionary<long, LinkedListNode<ReferenceOrder>> _byId = [];

    public long Trades { get; private set; }

    public long Lots { get; private set; }

    /// <summary>Sum of price times lots over all trades.</summary>
    public long Notional { get; private set; }

    public int Orders => _byId.Count;

    public int Levels => _bids.Count + _asks.Count;

    public bool HasBest(bool isBuy) => (isBuy ? _bids : _asks).Count > 0;

    public long Best(bool isBuy) => (isBuy ? _bids : _asks).First().Key;

    /// <summary>Best first, oldest first.</summary>
    public IEnumerable<ReferenceOrder> Resting(bool isBuy) => (isBuy ? _bids : _asks).Values.SelectMany(level => level);

    public void Apply(in Operation operation, long sequence)
    {
        switch (operation.Kind)
        {
            case OperationKind.Cancel:
                Cancel(operation.Order, sequence);
                break;
            case OperationKind.Replace:
                Replace(in operation, sequence);
                break;
            default:
                reports.Add(
                    ReportKind.Accepted, operation.IsBuy, sequence, operation.Order, operation.Price, operation.Lots);
                Enter(in operation, sequence);
                break;
        }
    }

    private void Cancel(long id, long sequence)
    {
        if (!_byId.TryGetValue(id, out var node))
        {
            reports.Add(ReportKind.CancelRejected, false, sequence, id, 0, 0);
            return;
        }

        var order = node.Value;
        TakeOut(node);
        reports.Add(ReportKind.Canceled, order.IsBuy, sequence, id, order.Price, 0);
    }

    private void Replace(in Operation operation, long sequence)
    {
        if (!_byId.TryGetValue(operation.Order, out var node))
        {
            reports.Add(ReportKind.ReplaceRejected, false, sequence, operation.Order, 0, 0);
            return;
        }

        TakeOut(node);
        Enter(in operation, sequence);
        reports.Add(
            ReportKind.Replaced, operation.IsBuy, sequence, operation.Order, operation.Price, operation.Lots);
    }

    private void Enter(in Operation taker, long sequence)
    {
        var lots = Match(in taker, sequence);
        if (lots == 0)
        {
            return;
        }

        if (taker.Kind == OperationKind.PlaceImmediate)
        {
            reports.Add(ReportKind.Canceled, taker.IsBuy, sequence, taker.Order, taker.Price, 0);
            return;
        }

        Rest(new ReferenceOrder { Id = taker.Order, IsBuy = taker.IsBuy, Price = taker.Price, Lots = lots });
    }

    private long Match(in Operation taker, long sequence)
    {
        long left = taker.Lots;
        var opposite = taker.IsBuy ? _asks : _bids;
        while (left > 0 && opposite.Count > 0)
        {
            var (price, level) = opposite.First();
            if (taker.IsBuy ? price > taker.Price : price < taker.Price)
            {
                break;
            }

            var maker = level.First!;
            var traded = Math.Min(left, maker.Value.Lots);
            (left, maker.Value.Lots) = (left - traded, maker.Value.Lots - traded);
            Trades++;
            Lots += traded;
            Notional = checked(Notional + (price * traded));
            reports.AddTrade(sequence, maker.Value.Id, taker.Order, price, traded);
            if (maker.Value.Lots == 0)
            {
                TakeOut(maker);
            }
        }

        return left;
    }

    private void Rest(ReferenceOrder order)
    {
        var side = order.IsBuy ? _bids : _asks;
        if (!side.TryGetValue(order.Price, out var level))
        {
            side[order.Price] = level = new LinkedList<ReferenceOrder>();
        }

        _byId[order.Id] = level.AddLast(order);
        live?.Add(order);
    }

    private void TakeOut(LinkedListNode<ReferenceOrder> node)
    {
        var order = node.Value;
        var level = node.List!;
        level.Remove(node);
        if (level.Count == 0)
        {
            (order.IsBuy ? _bids : _asks).Remove(order.Price);
        }

        _byId.Remove(order.Id);
        live?.Remove(order);
    }
}
