using ReplicatedBook.Contracts.Grpc;

namespace ReplicatedBook.Benchmarks.Cluster.Grpc;

/// <summary>Orders in pairs: one that rests at a drawn price, or takes what is there, and one that takes as much from
/// the other side at any price. So books stay small however long a load lasts.</summary>
internal static class LoadOrders
{
    private const long Low = 10_000;
    private const int Spread = 20;

    /// <summary>Makes the next order of its sender.</summary>
    /// <param name="order">Its last one.</param>
    /// <param name="random">Draws.</param>
    /// <param name="number">How many there were.</param>
    public static void Next(PlaceOrderRequest order, Random random, ulong number)
    {
        if (number % 2 == 0)
        {
            order.Side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            order.PriceTicks = Low + random.Next(Spread);
            order.QtyLots = random.Next(1, 10);
            order.TimeInForce = TimeInForce.Gtc;
            return;
        }

        order.Side = order.Side == Side.Buy ? Side.Sell : Side.Buy;
        order.PriceTicks = order.Side == Side.Buy ? Low + Spread : Low;
        order.TimeInForce = TimeInForce.Ioc;
    }
}
