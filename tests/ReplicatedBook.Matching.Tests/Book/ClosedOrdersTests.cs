using ReplicatedBook.Matching.Book;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Goal: what is kept, and in which order, whoever is forgotten: the first of all, of an account in the
/// middle, the youngest, the only one. Method: orders of a few accounts close, a plain list beside them.</summary>
public sealed class ClosedOrdersTests
{
    private const int Accounts = 4;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(7, 3)]
    [InlineData(7, 7)]
    public void Kept_orders_are_those_of_a_list_in_order_of_closing(int most, int mostOfAccount)
    {
        var (closed, chains, kept, random) = (new ClosedOrders(), NewChains(), new List<Order>(), new Random(most));
        for (var id = 1L; id <= 2_000; id++)
        {
            var account = random.Next(Accounts);
            var order = new Order { Id = id, Account = account, Next = 5, Previous = 6, NextOfAccount = 7 };
            var isFull = kept.Count(other => other.Account == order.Account) >= mostOfAccount;
            var forgotten = isFull ? kept.FindIndex(other => other.Account == order.Account)
                : kept.Count == most ? 0
                : -1;
            if (forgotten < 0)
            {
                closed.Add(in order, ref chains[order.Account], out _);
            }
            else
            {
                var slot = isFull ? chains[order.Account].First : closed.Oldest;
                closed.Replace(
                    slot, ref closed.Edit(slot), ref chains[kept[forgotten].Account], in order,
                    ref chains[order.Account]);
                kept.RemoveAt(forgotten);
            }

            kept.Add(order);
            RequireEqual(kept, closed, chains);
        }
    }

    private static OrderChain[] NewChains() => [.. Enumerable.Repeat(OrderChain.Empty, Accounts)];

    private static void RequireEqual(List<Order> kept, ClosedOrders closed, OrderChain[] chains)
    {
        Assert.Equal(kept.Count, closed.Count);
        Assert.Equal(kept.Select(order => order.Id), Walk(closed, closed.Oldest, kept.Count, order => order.Next));
        var backwards = Walk(closed, closed[closed.Oldest].Previous, kept.Count, order => order.Previous);
        Assert.Equal(kept.Select(order => order.Id).Reverse(), backwards);
        Assert.Equal(closed.Oldest, closed[closed[closed.Oldest].Previous].Next);
        for (var account = 0; account < Accounts; account++)
        {
            var own = kept.Where(order => order.Account == account).Select(order => order.Id).ToList();
            Assert.Equal(own.Count, chains[account].Count);
            Assert.Equal(own, Walk(closed, chains[account].First, most: int.MaxValue, order => order.NextOfAccount));
            Assert.Equal(own.LastOrDefault(), chains[account].Last < 0 ? 0 : closed[chains[account].Last].Id);
        }
    }

    private static List<long> Walk(ClosedOrders closed, int slot, int most, Func<Order, int> next)
    {
        var ids = new List<long>();
        for (; slot >= 0 && ids.Count < Math.Min(most, closed.Count + 1); slot = next(closed[slot]))
        {
            ids.Add(closed[slot].Id);
        }

        return ids;
    }
}
