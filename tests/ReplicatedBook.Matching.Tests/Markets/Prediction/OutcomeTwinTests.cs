using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>Goal: one book for yes and no is the same market as four kinds of meetings. Method: drawn orders, of which
/// the exchange must make exactly what the naive market makes: reasons, trades, what rests, and what everybody
/// has.</summary>
public sealed class OutcomeTwinTests
{
    private const int Accounts = 5;
    private const int Funds = 4_000;
    private const int Commands = 4_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Exchange_and_naive_market_tell_the_same_story(int seed)
    {
        var random = new Random(seed);
        var market = new MarketVenue(Accounts, Funds);
        var naive = new NaiveOutcomes(Accounts, Funds);
        var reasons = new List<RejectReason>();
        for (var i = 0; i < Commands; i++)
        {
            var account = random.Next(1, Accounts + 1);
            var lots = random.Next(1, 12);
            var order = Math.Max(1, random.NextInt64((i / 2) - 40, (i / 2) + 4));
            var (command, expected) = random.Next(100) switch
            {
                < 66 => Order(random, naive, account, lots),
                < 76 => ((object)new CancelOrder(new AccountId(account), new OrderId(order), default),
                    naive.Cancel(account, order)),
                < 86 => Amend(random, naive, account, order),
                < 93 => (new SplitSet(default, MarketVenue.Market, new Quantity(lots)), naive.Split(account, lots)),
                _ => (new MergeSet(default, MarketVenue.Market, new Quantity(lots)), naive.Merge(account, lots)),
            };

            var outcome = market.Venue.Send(command, account);

            // Orders of others, like orders that never were, are not found.
            var isNotFound = outcome.Reason == RejectReason.OrderNotFound && expected == RejectReason.OrderNotOpen;
            Assert.Equal((i, expected), (i, isNotFound ? expected : outcome.Reason));
            reasons.Add(expected);
            if (expected == RejectReason.None && command is PlaceOrder or AmendOrder)
            {
                Assert.Equal(
                    naive.Trades,
                    outcome.Fills.Select(fill => (fill.MakerOrder.Value, fill.Quantity.Lots, fill.Price.Ticks)));
            }

            RequireEqual(naive, market);
            market.Venue.Events.Clear();
        }

        Assert.True(reasons.Distinct().Count() >= 5, string.Join(' ', reasons.Distinct()));
        Assert.InRange(reasons.Count(reason => reason == RejectReason.None), Commands / 4, Commands);
        Assert.True(naive.Pool > 0);
    }

    private static (object, RejectReason) Order(Random random, NaiveOutcomes naive, int account, int lots)
    {
        var offer = new NaiveOffer(
            account, random.Next(2) == 0, random.Next(2) == 0, random.Next(8) == 0,
            (SelfTradePrevention)random.Next(5))
        {
            Price = random.Next(6) == 0 ? random.Next(1, 100) : random.Next(45, 56),
            Lots = lots,
        };
        var timeInForce = offer.PostOnly ? TimeInForce.GoodTilCanceled : (TimeInForce)random.Next(3);
        var command = Venue.Order(
            account, offer.Buys ? Side.Buy : Side.Sell, offer.Price, lots, timeInForce, offer.PostOnly, offer.Stp,
            instrument: offer.Yes ? MarketVenue.Yes : MarketVenue.No);
        return (command, naive.Place(offer, timeInForce));
    }

    private static (object, RejectReason) Amend(Random random, NaiveOutcomes naive, int account, long order)
    {
        var (price, quantity) = (random.Next(2) * random.Next(40, 61), random.Next(2) * random.Next(1, 15));
        return (
            new AmendOrder(
                new AccountId(account), new OrderId(order), new Price(price), new Quantity(quantity), default),
            naive.Amend(account, order, price, quantity));
    }

    private static void RequireEqual(NaiveOutcomes naive, MarketVenue market)
    {
        for (var account = 1; account <= Accounts; account++)
        {
            Assert.Equal(naive.Has(account), market.Has(account));
            Assert.Equal(naive.FreeMoney(account), market.Venue.Balance(account, MarketVenue.Dollars).Available);
            Assert.Equal(
                naive.FreeShares(account, true), market.Venue.Balance(account, MarketVenue.YesShares).Available);
            Assert.Equal(
                naive.FreeShares(account, false), market.Venue.Balance(account, MarketVenue.NoShares).Available);
        }

        Assert.Equal(naive.Pool, market.View.Pool.Units);
        foreach (var isYes in new[] { true, false })
        {
            var id = new InstrumentId(isYes ? MarketVenue.Yes : MarketVenue.No);
            Assert.Equal(
                naive.Open.Where(offer => offer.Yes == isYes).OrderBy(offer => offer.Id)
                    .Select(offer => (offer.Id, offer.Price, offer.Lots, offer.Filled)),
                market.Venue.Exchange.OpenOrders(id).OrderBy(order => order.Id)
                    .Select(order => (
                        order.Id.Value, order.LimitPrice.Ticks, order.Remaining.Lots, order.Filled.Lots)));

            // Bids for an outcome are who buys it, and who sells the other.
            var book = market.Venue.Exchange.Book(id, 100, withOrders: true)!;
            Assert.Equal(
                naive.Open.Where(offer => offer.Buys == (offer.Yes == isYes))
                    .Select(offer => (offer, price: offer.Yes == isYes ? offer.Price : 100 - offer.Price))
                    .OrderByDescending(item => item.price).ThenBy(item => item.offer.Arrival)
                    .Select(item => (item.price, item.offer.Lots, item.offer.Id)),
                book.BidOrders.Select(Told));
            Assert.Equal(
                naive.Open.Where(offer => offer.Buys != (offer.Yes == isYes))
                    .Select(offer => (offer, price: offer.Yes == isYes ? offer.Price : 100 - offer.Price))
                    .OrderBy(item => item.price).ThenBy(item => item.offer.Arrival)
                    .Select(item => (item.price, item.offer.Lots, item.offer.Id)),
                book.AskOrders.Select(Told));
        }
    }

    private static (long Price, long Lots, long Id) Told(RestingOrderView order) =>
        (order.Price.Ticks, order.Remaining.Lots, order.Order.Value);
}
