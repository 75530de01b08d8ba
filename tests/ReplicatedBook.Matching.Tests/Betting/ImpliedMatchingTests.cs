using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.BettingVenue;

namespace ReplicatedBook.Matching.Tests.Betting;

/// <summary>Goal: two runners are one claim, bet on from two sides. Method: worked examples of MATCHING.md 8 and of
/// FEATURES.md B3, B4.</summary>
public sealed class ImpliedMatchingTests
{
    [Theory]
    [InlineData(150)]
    [InlineData(149)]
    [Trait("MatchingScenario", "125 two_runner_implied")]
    public void A_back_on_each_runner_meet_and_what_one_wins_the_other_loses(int odds)
    {
        var venue = Open();
        venue.Back(1, A, 300, 10 * One);

        var taker = venue.Back(2, B, odds, 20 * One);

        var fill = Assert.Single(taker.BetFills);
        Assert.Equal((20L * One, 10L * One, 300), (fill.Stake.Units, fill.Liability.Units, fill.Odds.Hundredths));
        Assert.True(fill is { IsImplied: true, IsTaker: true });
        Assert.Equal(OrderStatus.Filled, taker.Bet!.Status);
        Assert.Equal([20 * One, -10 * One], venue.IfWin(1));
        Assert.Equal([-20 * One, 10 * One], venue.IfWin(2));
        Assert.Equal(30 * One, venue.BettingMarket().Pot.Units);
        Assert.Equal((990L * One, 980L * One), (venue.Funds(1), venue.Funds(2)));
    }

    [Fact]
    [Trait("MatchingScenario", "125 two_runner_implied")]
    public void A_back_beyond_the_inverse_of_the_other_rests()
    {
        var venue = Open();
        venue.Back(1, A, 300, 10 * One);

        Assert.Equal(OrderStatus.Open, venue.Back(2, B, 152, 20 * One).Bet!.Status);
        Assert.Empty(venue.Events.Of<BetMatched>());
    }

    [Fact]
    public void Without_implied_matching_both_rest()
    {
        var venue = Open(BettingBookType.MultiRunner);
        venue.Back(1, A, 300, 10 * One);

        Assert.Equal(OrderStatus.Open, venue.Back(2, B, 150, 20 * One).Bet!.Status);
    }

    [Fact]
    public void Two_lays_meet_from_the_inverse_on()
    {
        var venue = Open();
        venue.Lay(1, A, 300, 10 * One); // Risks 20 if A wins, wins 10 if B does.

        Assert.Equal(OrderStatus.Open, venue.Lay(2, B, 149, 20 * One).Bet!.Status);
        var taker = venue.Lay(2, B, 152, 20 * One);

        Assert.Equal((20L * One, 10L * One), (taker.Bet!.Matched.Units, taker.Bet.MatchedLiability.Units));
        Assert.Equal([-20 * One, 10 * One], venue.IfWin(1));
        Assert.Equal([20 * One, -10 * One], venue.IfWin(2));
    }

    [Fact]
    public void Among_equal_prices_the_oldest_is_first_whatever_runner_it_is_on()
    {
        var venue = Open(accounts: 4);
        var first = venue.Lay(1, B, 150, 2 * One).Bet!; // The same claim as backing A at 3.00, for 1.
        var second = venue.Back(2, A, 300, One).Bet!;
        var third = venue.Lay(3, B, 150, 2 * One).Bet!;
        var better = venue.Back(1, A, 294, One).Bet!;

        venue.Lay(4, A, 300, 4 * One);

        Assert.Equal(
            [better.Id, first.Id, second.Id, third.Id], venue.Events.Of<BetMatched>().Select(e => e.MakerBet));
        Assert.Equal([294, 150, 300, 150], venue.Events.Of<BetMatched>().Select(e => e.Odds.Hundredths));
    }

    [Fact]
    public void The_better_of_two_prices_that_no_odds_express_is_first()
    {
        var venue = Open();
        var implied = venue.Back(1, B, 158, 100 * One).Bet!; // As laying A at 158/58 = 2.7241...
        var direct = venue.Lay(2, A, 272, One).Bet!;

        venue.Back(3, A, 272, 2 * One);

        Assert.Equal([implied.Id], venue.Events.Of<BetMatched>().Select(e => e.MakerBet));
        Assert.Equal(OrderStatus.Open, venue.Exchange.FindBet(direct.Id)!.Status);
    }

    [Fact]
    public void What_is_left_below_the_least_stake_is_canceled_and_refunded()
    {
        var venue = Open();
        venue.Back(1, A, 195, 1_000); // 0.10: 1,000 units win 950.

        var taker = venue.Back(2, B, 101, 1_000); // Takes 950 of 1,000.

        Assert.Equal((OrderStatus.Canceled, StatusReason.Dust), (taker.Bet!.Status, taker.Bet.Reason));
        Assert.Equal((950, 50), (taker.Bet.Matched.Units, venue.Events.Of<BetCanceled>().Single().Remaining.Units));
        Assert.Equal((1_000L * One) - 950, venue.Funds(2));
    }

    [Fact]
    public void A_bet_too_small_for_the_smallest_part_of_the_best_is_canceled_rather_than_left_crossing()
    {
        var venue = Open();
        venue.Lay(1, A, 100_000, 100); // One unit of it is 999 of the other's.

        var taker = venue.Lay(2, B, 200, 900);

        Assert.Equal((StatusReason.Dust, 0), (taker.Bet!.Reason, taker.Bet.Matched.Units));
        Assert.Equal(1_000L * One, venue.Funds(2));
    }
}
