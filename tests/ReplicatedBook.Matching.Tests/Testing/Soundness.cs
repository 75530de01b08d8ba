using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>What must hold of every exchange after every command (RELIABILITY.md P11, P12).</summary>
internal static class Soundness
{
    public static void Require(Exchange exchange)
    {
        foreach (var asset in exchange.Conservation())
        {
            Assert.Equal(asset.Deposits.Units - asset.Withdrawals.Units, asset.Balances.Units + asset.Fees.Units);
            Assert.True(asset.Fees.Units >= 0, "the venue never pays on top");
        }

        var needed = new Dictionary<(long Account, int Asset), long>();
        foreach (var instrument in exchange.Instruments)
        {
            foreach (var order in exchange.OpenOrders(instrument.Id))
            {
                var isPending = order.Status == OrderStatus.Pending;
                Assert.True(order.Reserved.Units >= 0);
                Assert.True(order.Remaining.Lots > 0 || (isPending && order.QuoteQuantity.Units > 0));
                Assert.InRange(order.Hidden.Lots, 0, Math.Max(0, order.Remaining.Lots - 1));
                Assert.True(isPending ? order.Type >= OrderType.Stop : order.Status == OrderStatus.Open);
                Assert.Equal(order.Quantity.Lots, order.Filled.Lots + order.Remaining.Lots);
                var asset = order.Side == Side.Buy ? instrument.Quote.Id.Value : instrument.Base.Id.Value;
                needed[(order.Account.Value, asset)] =
                    needed.GetValueOrDefault((order.Account.Value, asset)) + order.Reserved.Units;
            }

            var book = exchange.Book(instrument.Id, int.MaxValue, withOrders: true)!;
            Assert.True(
                book.Bids.Count == 0 || book.Asks.Count == 0 || book.Bids[0].Price.Ticks < book.Asks[0].Price.Ticks,
                "a book is never crossed");
            Assert.Equal(
                book.Bids.Sum(l => (Int128)l.Quantity.Lots), book.BidOrders.Sum(o => (Int128)o.Remaining.Lots));
            Assert.Equal(
                book.Asks.Sum(l => (Int128)l.Quantity.Lots), book.AskOrders.Sum(o => (Int128)o.Remaining.Lots));
        }

        for (var account = 1; account <= exchange.AccountCount; account++)
        {
            foreach (var balance in exchange.Balances(new AccountId(account))!)
            {
                Assert.True(balance.Available.Units >= 0);
                Assert.Equal(needed.GetValueOrDefault((account, balance.Asset.Value)), balance.Reserved.Units);
            }
        }
    }

    private static Int128 Sum<T>(this IEnumerable<T> items, Func<T, Int128> value) =>
        items.Aggregate((Int128)0, (sum, item) => sum + value(item));
}
