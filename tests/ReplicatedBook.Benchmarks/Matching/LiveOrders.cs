namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>The orders that rest, in no order that matters: for drawing any of them.</summary>
internal sealed class LiveOrders
{
    private readonly List<ReferenceOrder> _orders = [];

    public int Count => _orders.Count;

    public ReferenceOrder this[int position] => _orders[position];

    public void Add(ReferenceOrder order)
    {
        order.Position = _orders.Count;
        _orders.Add(order);
    }

    public void Remove(ReferenceOrder order)
    {
        var last = _orders[^1];
        _orders[order.Position] = last;
        last.Position = order.Position;
        _orders.RemoveAt(_orders.Count - 1);
    }
}
