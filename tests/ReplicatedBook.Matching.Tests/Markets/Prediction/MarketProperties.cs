using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>Goal: the laws of MATCHING.md 7 hold after every command, whatever comes. Method: drawn commands of all
/// kinds, spot among them; Soundness looks at the whole exchange after each, and what an entry moved must add
/// up.</summary>
public sealed class MarketProperties
{
    private const int Commands = 5_000;
    private const int BetweenRestores = 500;

    [Theory]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(103)]
    [InlineData(104)]
    public void Every_law_holds_after_every_command_over_restarts(int seed)
    {
        var (venue, traffic) = (MarketTraffic.Open(), new MarketTraffic(seed));
        var seen = new Dictionary<string, int>();
        for (var i = 1; i <= Commands; i++)
        {
            var (command, user) = traffic.Next(venue);
            venue.Events.Clear();
            venue.Time += 500;
            var trades = Before(venue);
            var outcome = venue.Send(command, user);
            RequireTrades(venue, trades);
            Count(seen, $"{command.GetType().Name} {outcome.IsAccepted}");
            foreach (var trade in venue.Events.Of<Trade>())
            {
                var kind = venue.Exchange.FindInstrument(trade.Instrument)!;
                Count(seen, kind.PayoutTicks == 0 ? "spot trade" : kind.Canonical != kind.Id ? "?" : "outcome trade");
            }

            if (i % BetweenRestores == 0)
            {
                var snapshot = venue.Snapshot();
                venue.Exchange = Exchange.ReadSnapshot(snapshot);
                Assert.Equal(snapshot, venue.Snapshot());
            }
        }

        string[] kinds =
        [
            nameof(CreatePredictionMarket), nameof(UpdatePredictionMarket), nameof(DeletePredictionMarket),
            nameof(SetPredictionMarketStatus), nameof(ResolvePredictionMarket), nameof(VoidPredictionMarket),
            nameof(SplitSet), nameof(MergeSet), nameof(PlaceOrder), nameof(AmendOrder), nameof(CancelOrder),
        ];
        Assert.All(kinds, kind => Assert.True(
            seen.GetValueOrDefault($"{kind} True") > 0, $"{kind}: {string.Join(", ", seen)}"));
        Assert.True(
            seen["outcome trade"] > Commands / 20 && seen["spot trade"] > Commands / 50, string.Join(", ", seen));
        Assert.DoesNotContain("?", seen.Keys); // Trades are told in terms of the book they are in.
    }

    /// <summary>The same log gives the same state, however often the exchange was restored on the way.</summary>
    [Fact]
    public void Restarts_on_the_way_change_nothing()
    {
        var (straight, restarted) = (MarketTraffic.Open(), MarketTraffic.Open());
        var traffic = new MarketTraffic(105);
        for (var i = 1; i <= 3_000; i++)
        {
            var (command, user) = traffic.Next(straight);
            straight.Time = restarted.Time += 700;
            straight.Send(command, user);
            restarted.Send(command, user);
            Assert.Equal(straight.LastResult, restarted.LastResult);
            if (i % 100 == 0)
            {
                restarted.Exchange = Exchange.ReadSnapshot(restarted.Snapshot());
                Assert.Equal(straight.Hash(), restarted.Hash());
            }
        }

        Assert.Equal(straight.Events.Texts, restarted.Events.Texts);
    }

    /// <summary>Limits of open orders, in the terms of the book that their trades are told in.</summary>
    private static Dictionary<long, (long Limit, bool Buys)> Before(Venue venue)
    {
        var limits = new Dictionary<long, (long, bool)>();
        foreach (var instrument in venue.Exchange.Instruments)
        {
            foreach (var order in venue.Exchange.OpenOrders(instrument.Id))
            {
                if (order.Status == OrderStatus.Open)
                {
                    limits.Add(
                        order.Id.Value,
                        (instrument.CanonicalPriceOf(order.LimitPrice).Ticks,
                            instrument.CanonicalSideOf(order.Side) == Side.Buy));
                }
            }
        }

        return limits;
    }

    /// <summary>A maker trades at its limit, and never on the taker's side.</summary>
    private static void RequireTrades(Venue venue, Dictionary<long, (long Limit, bool Buys)> before)
    {
        var moved = venue.Events.Of<OrderAmended>().Select(e => e.Order.Value).ToHashSet();
        foreach (var trade in venue.Events.Of<Trade>())
        {
            if (before.TryGetValue(trade.MakerOrder.Value, out var maker) && !moved.Contains(trade.MakerOrder.Value))
            {
                Assert.Equal((maker.Limit, maker.Buys), (trade.Price.Ticks, trade.TakerSide == Side.Sell));
            }
        }
    }

    private static void Count(Dictionary<string, int> seen, string what) =>
        seen[what] = seen.GetValueOrDefault(what) + 1;
}
