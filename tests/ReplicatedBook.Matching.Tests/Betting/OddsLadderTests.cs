using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Betting;

/// <summary>Goal: the ladder is the one everybody knows, and prices of the shared claim are in exact order. Method:
/// counted and compared by cross multiplication, all with all.</summary>
public sealed class OddsLadderTests
{
    private static int[] All => [.. Enumerable.Range(0, OddsLadder.Count).Select(i => OddsLadder.At(i).Hundredths)];

    [Fact]
    public void There_are_350_odds_in_the_steps_of_the_contract()
    {
        int[] expected =
        [
            .. Steps(100, 200, 1), .. Steps(200, 300, 2), .. Steps(300, 400, 5), .. Steps(400, 600, 10),
            .. Steps(600, 1_000, 20), .. Steps(1_000, 2_000, 50), .. Steps(2_000, 3_000, 100),
            .. Steps(3_000, 5_000, 200), .. Steps(5_000, 10_000, 500), .. Steps(10_000, 100_000, 1_000),
        ];

        Assert.Equal(350, expected.Length);
        Assert.Equal(expected, All);
        Assert.Equal((101, 100_000), (All[0], All[^1]));
        var places = Enumerable.Range(-1, 100_003).Select(odds => OddsLadder.PositionOf(new Odds(odds))).ToList();
        Assert.Equal(350, places.Count(place => place >= 0));
        Assert.Equal(Enumerable.Range(0, 350), places.Where(place => place >= 0));
        Assert.Equal(-1, OddsLadder.PositionOf(new Odds(int.MaxValue)));
        Assert.Equal(-1, OddsLadder.PositionOf(new Odds(int.MinValue)));
    }

    [Fact]
    public void Of_17_odds_the_inverse_is_on_the_ladder_and_these_alone_share_a_rank()
    {
        var odds = All;
        var pairs = (
            from a in odds
            from b in odds
            where (a - 100L) * (b - 100L) == 10_000
            select (a, b)).ToList();

        Assert.Equal(
            [104, 105, 108, 110, 120, 125, 140, 150, 200, 300, 350, 500, 600, 1_100, 1_350, 2_100, 2_600],
            pairs.Select(pair => pair.a));
        Assert.Equal(700 - 17, ClaimLadder.SharedRanks);
        var shared =
            from a in Enumerable.Range(0, 350)
            from b in Enumerable.Range(0, 350)
            where ClaimLadder.SharedRank(0, a) == ClaimLadder.SharedRank(1, b)
            select (odds[a], odds[b]);
        Assert.Equal(pairs, shared);
    }

    [Fact]
    public void Ranks_are_in_the_exact_order_of_prices()
    {
        var odds = All;
        List<(long Numerator, long Denominator, int Rank)> prices =
        [
            .. odds.Select((o, i) => (100L, (long)o, ClaimLadder.SharedRank(0, i))),
            .. odds.Select((o, i) => (o - 100L, (long)o, ClaimLadder.SharedRank(1, i))),
        ];

        foreach (var one in prices)
        {
            foreach (var other in prices)
            {
                Assert.Equal(
                    (one.Numerator * other.Denominator).CompareTo(other.Numerator * one.Denominator),
                    one.Rank.CompareTo(other.Rank));
            }
        }
    }

    [Fact]
    public void Every_smallest_part_is_worth_whole_units_and_no_smaller_one_is()
    {
        for (var place = 0; place < OddsLadder.Count; place++)
        {
            var odds = OddsLadder.At(place).Hundredths;
            var smallest = Enumerable.Range(1, 100).First(stake => stake * (odds - 100L) % 100 == 0);
            Assert.Equal(smallest, OddsTerms.Grain(place));
            Assert.Equal(smallest * (odds - 100L) / 100, OddsTerms.Gain(place));
        }
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(2, 100)]
    [InlineData(4, 100)]
    [InlineData(5, 1_000)]
    [InlineData(12, 10_000_000_000)]
    public void The_least_stake_is_a_hundredth_and_whole_in_units(int scale, long step) =>
        Assert.Equal(step, OddsTerms.StakeStep(scale));

    private static IEnumerable<int> Steps(int above, int to, int step)
    {
        for (var odds = above + step; odds <= to; odds += step)
        {
            yield return odds;
        }
    }
}
