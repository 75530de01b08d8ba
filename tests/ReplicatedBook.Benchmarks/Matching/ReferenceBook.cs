namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>An idiomatic book (sorted dictionary of linked lists): makes workloads, and is what speed is compared
/// with.</summary>
internal sealed class ReferenceBook
{
    private readonly SortedDictionary<long, LinkedList<Resting>> _bids = new(
        Comparer<long>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<long, LinkedList<Resting>> _asks = [];
    private readonly Dictionary<long, LinkedListNode<Resting>> _byId = [];
    private readonly List<Resting> _live = [];
    private long _lastId;

    public long Trades { get; private set; }

    public long Lots { get; private set; }

    public int LiveCount => _live.Count;

    public int PeakOrders { get; private set; }

    public int PeakLevels { get; private set; }

    public bool HasBest(bool isBuy) => (isBuy ? _bids : _asks).Count > 0;

    public long Best(bool isBuy) => (isBuy ? _bids : _asks).First().Key;

    public long CancelAny(int position)
    {
        var id = _live[position].Id;
        Cancel(id);
        return id;
    }

    public void Cancel(long id)
    {
        var node = _byId[id];
        var side = node.Value.IsBuy ? _bids : _asks;
        var level = node.List!;
        level.Remove(node);
        if (level.Count == 0)
        {
            side.Remove(node.Value.Price);
        }

        Forget(node.Value);
    }

    public void Place(in Operation order)
    {
        var id = ++_lastId;
        var lots = order.Lots;
        var opposite = order.IsBuy ? _asks : _bids;
        while (lots > 0 && opposite.Count > 0)
        {
            var (price, level) = opposite.First();
            if (order.IsBuy ? price > order.Price : price < order.Price)
            {
                break;
            }

            var maker = level.First!.Value;
            var traded = Math.Min(lots, maker.Lots);
            (lots, maker.Lots) = (lots - traded, maker.Lots - traded);
            Trades++;
            Lots += traded;
            if (maker.Lots == 0)
            {
                level.RemoveFirst();
                Forget(maker);
                if (level.Count == 0)
                {
                    opposite.Remove(price);
                }
            }
        }

        if (lots > 0)
        {
            Rest(new Resting { Id = id, IsBuy = order.IsBuy, Price = order.Price, Lots = lots });
        }
    }

    private void Rest(Resting order)
    {
        var side = order.IsBuy ? _bids : _asks;
        if (!side.TryGetValue(order.Price, out var level))
        {
            side[order.Price] = level = new LinkedList<Resting>();
        }

        _byId[order.Id] = level.AddLast(order);
        order.Position = _live.Count;
        _live.Add(order);
        PeakOrders = Math.Max(PeakOrders, _live.Count);
        PeakLevels = Math.Max(PeakLevels, _bids.Count + _asks.Count);
    }

    private void Forget(Resting order)
    {
        _byId.Remove(order.Id);
        var last = _live[^1];
        _live[order.Position] = last;
        last.Position = order.Position;
        _live.RemoveAt(_live.Count - 1);
    }

    private sealed class Resting
    {
        public long Id { get; init; }

        public bool IsBuy { get; init; }

        public long Price { get; init; }

        public long Lots { get; set; }

        public int Position { get; set; }
    }
}
