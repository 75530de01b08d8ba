using ReplicatedBook.Matching.Commands;

namespace ReplicatedBook.Node.Api.Grpc.Sessions;

/// <summary>Orders of a session that came one right behind the other and go into the log as one command. One
/// owner.</summary>
internal sealed class OrderGroup
{
    private readonly List<PlaceOrder> _orders = [];
    private readonly List<ulong> _tags = [];

    /// <summary>Whether an order may join those that are there. A command waits for one account's turn, and is repeated
    /// as a whole or not at all, so orders with and without a name are not mixed.</summary>
    public bool Takes(in PlaceOrder order) => _orders.Count == 0
        || (_orders.Count < PlaceBatch.MaxOrders && _orders[0].Account == order.Account
            && _orders[0].ClientOrderId.IsEmpty == order.ClientOrderId.IsEmpty);

    /// <summary>Adds an order, which it must take.</summary>
    /// <param name="tag">The name of its request.</param>
    /// <param name="order">The order.</param>
    public void Add(ulong tag, in PlaceOrder order)
    {
        _tags.Add(tag);
        _orders.Add(order);
    }

    /// <summary>Empties it.</summary>
    /// <returns>What was in it, in order; none where it was empty.</returns>
    public (ulong[] Tags, PlaceOrder[] Orders) TakeAll()
    {
        var all = (_tags.ToArray(), _orders.ToArray());
        _tags.Clear();
        _orders.Clear();
        return all;
    }
}
