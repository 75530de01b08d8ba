using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Markets.Prediction;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Markets;

/// <summary>Goal: the laws of all three kinds of market hold after every command when they share accounts, assets and
/// one log. Method: drawn commands of each kind in turn on one venue, which looks at the whole exchange after each; a
/// copy that is restored on the way must tell the same.</summary>
public sealed class MixedMarketProperties
{
    private const int Commands = 5_000;
    private const int BetweenRestores = 500;

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(203)]
    [InlineData(204)]
    public void Every_law_holds_after_every_command_and_a_restored_exchange_goes_on_alike(int seed)
    {
        var venue = MarketTraffic.Open(new ExchangeLimits { MaxClosedOrders = 600, MaxTrades = 900 });
        venue.Accept(new SetFeatureLevel(FeatureLevels.BettingMarkets));
        venue.Accept(BettingVenue.Market("two", commission: 200, delay: 3_000, currency: Venue.Quote));
        venue.Accept(BettingVenue.Market(
            "many", BettingBookType.MultiRunner, commission: 137, delay: 2_000, runners: 4, currency: Venue.Quote));
        var (markets, bets) = (new MarketTraffic(seed), new BettingTraffic(seed));
        var copy = new Venue { Exchange = Exchange.ReadSnapshot(venue.Snapshot()) };
        var kinds = new HashSet<Type>();
        for (var i = 1; i <= Commands; i++)
        {
            venue.Time = copy.Time = venue.Time + 300;
            var (command, user) = i % 2 == 0 ? bets.Next(venue.Exchange) : markets.Next(venue);
            venue.Events.Clear();
            copy.Events.Clear();
            venue.Send(command, user, key: i % 13 == 0 ? $"k{i}" : "");
            copy.Apply(venue.LastCommand);

            Assert.Equal(venue.LastResult, copy.LastResult);
            Assert.Equal(venue.Events.All, copy.Events.All);
            Assert.Equal(venue.Events.Numbers, copy.Events.Numbers);
            kinds.UnionWith(venue.Events.All.Select(e => e.GetType()));
            if (i % BetweenRestores == 0)
            {
                copy.Exchange = Exchange.ReadSnapshot(copy.Snapshot());
                Assert.Equal(venue.Hash(), copy.Hash());
            }
        }

        Type[] wanted =
        [
            typeof(Trade), typeof(SetSplit), typeof(SetMerged), typeof(PositionSettled), typeof(BetMatched),
            typeof(BettingPaid), typeof(OrderTriggered), typeof(BetReleased), typeof(PredictionMarketSettled),
        ];
        Assert.All(wanted, kind => Assert.Contains(kind, kinds));
    }
}
