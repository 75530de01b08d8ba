using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>What must hold of every exchange after every command (RELIABILITY.md P11, P12).</summary>
internal static class Soundness
{
    public static void Require(Exchange exchange)
    {
        Assert.True(exchange.AreIndexesSound, "whatever is kept is found by its id, and nothing else counts");
        foreach (var asset in exchange.Conservation())
        {
            Assert.True(asset.IsSound, $"nothing is lost: {asset}");
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

        BettingSoundness.Require(exchange, needed);
        for (var account = 1; account <= exchange.AccountCount; account++)
        {
            foreach (var balance in exchange.Balances(new AccountId(account))!)
            {
                Assert.True(balance.Available.Units >= 0);
                Assert.Equal(needed.GetValueOrDefault((account, balance.Asset.Value)), balance.Reserved.Units);
            }

            RequirePositions(exchange, new AccountId(account));
        }

        foreach (var market in exchange.PredictionMarkets)
        {
            RequireMarket(market);
        }
    }

    /// <summary>What must hold of every prediction market (MATCHING.md 7). That holdings add up to the supply follows
    /// from each asset being sound.</summary>
    private static void RequireMarket(PredictionMarketView market)
    {
        var setUnits = market.PayoutTicks * UnitsPerTick(market);
        var hasEnded = market.Status > PredictionMarketStatus.Closed;
        Assert.Equal(0, hasEnded ? 0 : market.Dust.Units);
        foreach (var outcome in market.Outcomes)
        {
            Assert.InRange(outcome.Supply.Lots, 0, long.MaxValue);
            if (!hasEnded)
            {
                Assert.Equal((Int128)market.Pool.Units, (Int128)outcome.Supply.Lots * setUnits);
                Assert.Equal(0, outcome.Payout);
            }
            else if (!market.IsUnfinished)
            {
                Assert.Equal((0, 0), (outcome.Supply.Lots, market.Pool.Units));
            }
        }
    }

    /// <summary>A position says what the balance of its shares says, and no shares are without one.</summary>
    private static void RequirePositions(Exchange exchange, AccountId account)
    {
        var positions = exchange.Positions(account)!.ToDictionary(
            position => exchange.FindInstrument(position.Instrument)!.Base.Id);
        foreach (var balance in exchange.Balances(account)!)
        {
            var isShares = positions.TryGetValue(balance.Asset, out var position);
            Assert.True(
                isShares || balance.Available.Units + balance.Reserved.Units == 0
                    || !exchange.Assets[balance.Asset.Value - 1].Symbol.Contains(':', StringComparison.Ordinal));
            if (position is not null)
            {
                Assert.Equal(balance.Available.Units + balance.Reserved.Units, position.Quantity.Lots);
                Assert.Equal(balance.Reserved.Units, position.Reserved.Lots);
                Assert.InRange(position.Cost.Units, 0, position.Quantity.Lots == 0 ? 0 : long.MaxValue);
            }
        }
    }

    private static long UnitsPerTick(PredictionMarketView market)
    {
        // Written anew: tick size times smallest quantity, in the collateral's units.
        var scale = market.Collateral.Scale - market.TickSize.Scale - market.ShareScale;
        return scale >= 0
            ? market.TickSize.Mantissa * (long)Math.Pow(10, scale)
            : market.TickSize.Mantissa / (long)Math.Pow(10, -scale);
    }

    private static Int128 Sum<T>(this IEnumerable<T> items, Func<T, Int128> value) =>
        items.Aggregate((Int128)0, (sum, item) => sum + value(item));
}
