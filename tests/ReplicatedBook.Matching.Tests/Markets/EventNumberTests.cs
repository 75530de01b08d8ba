using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Markets.Prediction;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Markets;

/// <summary>Goal: the events of each market are numbered from 1 on, without gap and without double, whatever happens in
/// between. Method: drawn traffic of all three kinds on one venue; which market an event belongs to is found from what
/// the event names.</summary>
public sealed class EventNumberTests
{
    private const int Commands = 6_000;
    private const int BetweenRestores = 400;

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    public void Events_of_each_market_have_the_numbers_from_one_on_also_across_restores(int seed)
    {
        var venue = MarketTraffic.Open(new ExchangeLimits { MaxClosedOrders = 600, MaxTrades = 900 });
        venue.Accept(new SetFeatureLevel(FeatureLevels.BettingMarkets));
        var (spot, markets, bets) = (new Traffic(seed), new MarketTraffic(seed), new BettingTraffic(seed));
        venue.Accept(BettingVenue.Market("two", commission: 200, delay: 3_000, currency: Venue.Quote));
        var counts = new EventCounts();
        counts.Start(venue.Events);
        for (var i = 1; i <= Commands; i++)
        {
            venue.Time += 300;
            venue.Events.Clear();
            if (i % 3 == 0)
            {
                venue.Apply(spot.Next(i / 2));
            }
            else
            {
                var (command, user) = i % 3 == 1 ? bets.Next(venue.Exchange) : markets.Next(venue);
                venue.Send(command, user);
            }

            counts.Take(venue.Exchange, venue.Events);
            if (i % BetweenRestores == 0)
            {
                venue.Exchange = Exchange.ReadSnapshot(venue.Snapshot());
            }
        }

        Assert.True(counts.Predictions > 2 && counts.Bettings > 5, $"{counts.Predictions}, {counts.Bettings} markets");
        Assert.True(counts.Spot > 1_000, $"{counts.Spot} events of no market");
    }

    [Fact]
    public void Creation_is_number_one_and_refusals_have_none()
    {
        var venue = BettingVenue.Open();
        venue.Accept(BettingVenue.Market("second"));
        Assert.Equal((2, 1L), venue.Events.Numbers[0]);
        Assert.IsType<BettingMarketChanged>(venue.Events.All[0]);
        venue.Events.Clear();

        venue.Place(BettingVenue.Bet(1, BetSide.Back, BettingVenue.A, 107_300, 100, market: 2));
        venue.Place(BettingVenue.Bet(1, BetSide.Back, BettingVenue.A, 300, 100, market: 2));

        Assert.Equal([(0, 0L), (2, 4L)], venue.Events.Numbers); // Behind two runners that were added.
    }

    [Theory]
    [InlineData("96011801000001")] // An event that tells of a market has its number.
    [InlineData("99021b010101c0010101")] // A refusal has none.
    public void Events_with_a_number_too_many_or_too_few_are_no_events(string bytes) =>
        Assert.Throws<FormatException>(
            () => EventCodec.Read(Convert.FromHexString(bytes), new RecordedEvents()));
}
