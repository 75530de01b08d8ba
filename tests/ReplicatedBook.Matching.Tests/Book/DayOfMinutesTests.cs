using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Goal: every trade counts in its own minute, at the edges of minutes too, and what is more than a day older
/// is forgotten. Method: trades at drawn times, a plain list beside them.</summary>
public sealed class DayOfMinutesTests
{
    private const long Minute = DayOfMinutes.Minute;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Trades_count_in_the_minutes_of_a_list(int seed)
    {
        var (day, model, random, at) = (new DayOfMinutes(), new List<MinuteBucket>(), new Random(seed), 0L);
        for (var i = 0; i < 20_000; i++)
        {
            at = random.Next(6) switch
            {
                0 => ((at / Minute) + 1) * Minute, // The first microsecond of a minute,
                1 => (((at / Minute) + 1) * Minute) - 1, // the last,
                2 => at, // and two at one time.
                3 => at + random.NextInt64(random.Next(200) == 0 ? 400 * Minute : 3 * Minute),
                _ => at + random.NextInt64(1_000_000),
            };
            var (first, last) = (random.NextInt64(1, 1_000), random.NextInt64(1, 1_000));
            var (lotsOfFirst, lotsOfLast) = (random.NextInt64(1, 100), random.NextInt64(1, 100));
            day.Record(at, first, last, lotsOfFirst + lotsOfLast);
            Count(model, at / Minute, first, lotsOfFirst);
            Count(model, at / Minute, last, lotsOfLast);
            if (i % 500 == 0)
            {
                RequireEqual(model, day.Copy());
            }

            RequireSame(model[^1], day[day.Count - 1]);
        }

        RequireEqual(model, day);
    }

    [Fact]
    public void Largest_time_there_is_has_a_minute()
    {
        var day = new DayOfMinutes();
        day.Record(long.MaxValue, first: 3, last: 3, lots: 1);
        day.Record(long.MaxValue, first: 5, last: 4, lots: 1);
        Assert.Equal((1, 5L, 2L), (day.Count, day[0].High, day[0].Volume));
    }

    [Theory]
    [InlineData(Side.Buy, 100)]
    [InlineData(Side.Sell, 103)]
    public void All_prices_that_one_order_trades_at_count(Side taker, long first)
    {
        var venue = Venue.Trading();
        foreach (var price in new[] { 103, 100, 101 })
        {
            venue.Place(1, taker == Side.Buy ? Side.Sell : Side.Buy, price, 2);
        }

        venue.Place(2, taker, taker == Side.Buy ? 103 : 100, 5);

        var day = venue.Exchange.Ticker(new InstrumentId(Venue.Symbol))!;
        Assert.Equal(
            (first, 103, 100, 5),
            (day.Open!.Value.Ticks, day.High!.Value.Ticks, day.Low!.Value.Ticks, day.Volume.Lots));
    }

    private static void Count(List<MinuteBucket> model, long minute, long price, long lots)
    {
        if (model.Count == 0 || model[^1].Minute != minute)
        {
            model.RemoveAll(bucket => bucket.Minute < minute - DayOfMinutes.MinutesOfDay);
            model.Add(
                new MinuteBucket { Minute = minute, Open = price, High = price, Low = price, Volume = lots });
            return;
        }

        var last = model[^1];
        (last.High, last.Low) = (Math.Max(last.High, price), Math.Min(last.Low, price));
        last.Volume += lots;
        model[^1] = last;
    }

    private static void RequireEqual(List<MinuteBucket> model, DayOfMinutes day)
    {
        Assert.Equal(model.Count, day.Count);
        for (var i = 0; i < model.Count; i++)
        {
            RequireSame(model[i], day[i]);
        }
    }

    private static void RequireSame(MinuteBucket one, MinuteBucket other) => Assert.Equal(
        (one.Minute, one.Open, one.High, one.Low, one.Volume),
        (other.Minute, other.Open, other.High, other.Low, other.Volume));
}
