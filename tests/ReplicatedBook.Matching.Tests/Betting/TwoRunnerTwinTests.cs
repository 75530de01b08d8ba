using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.BettingVenue;

namespace ReplicatedBook.Matching.Tests.Betting;

/// <summary>Goal: one exact priority of direct and implied matching. Method: the market must agree with one of
/// fractions and lists over random bets, in every trade, every unmatched stake and every balance.</summary>
public sealed class TwoRunnerTwinTests
{
    private const int Accounts = 4;
    private const long Funds = 300L * One;

    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 60)]
    [InlineData(3, 140)]
    [InlineData(4, 140)]
    [InlineData(5, 349)]
    [InlineData(6, 349)]
    public void Market_and_naive_market_agree(int seed, int spread)
    {
        var random = new Random(seed);
        var venue = Open(accounts: Accounts, funds: Funds);
        var naive = new NaiveTwoRunner(Accounts, Funds);
        var implied = 0;
        for (var step = 0; step < 3_000; step++)
        {
            venue.Events.Clear();
            naive.Trades.Clear();
            if (random.Next(4) == 0 && naive.Resting.Count > 0)
            {
                CancelOrReduce(random, venue, naive);
            }
            else
            {
                Place(random, venue, naive, spread);
            }

            var trades = venue.Events.Of<BetMatched>().ToList();
            Assert.Equal(naive.Trades, trades.Select(Text));
            implied += trades.Count(trade => trade.MakerRunner != trade.TakerRunner);
            RequireEqual(venue, naive, $"seed {seed} step {step}");
        }

        Assert.InRange(implied, 100, 20_000);
    }

    private static void Place(Random random, Venue venue, NaiveTwoRunner naive, int spread)
    {
        var timeInForce = (TimeInForce)(random.Next(5) is var drawn and < 3 ? drawn : 0);
        var stake = 100L * (random.Next(10) == 0 ? 1 + random.Next(5_000) : 1 + random.Next(300));
        var least = timeInForce == TimeInForce.FillOrKill && random.Next(2) == 0 ? 1 + random.Next((int)stake) : 0;
        var bet = Bet(
            1 + random.Next(Accounts), (BetSide)random.Next(2), 1 + random.Next(2),
            OddsLadder.At(Math.Clamp(99 + random.Next(-spread, spread + 1), 0, 349)).Hundredths, stake, timeInForce,
            stp: (SelfTradePrevention)random.Next(5), minFill: least);
        var outcome = venue.Place(bet);
        var isPlaced = naive.Place(new NaiveBet(outcome.Bet?.Id.Value ?? 0, bet));
        Assert.Equal(isPlaced ? RejectReason.None : RejectReason.InsufficientFunds, outcome.Reason);
        if (outcome.Bet is { } placed)
        {
            BettingSoundness.RequireOwnOddsOrBetter(placed);
        }
    }

    private static void CancelOrReduce(Random random, Venue venue, NaiveTwoRunner naive)
    {
        var bet = naive.Resting[random.Next(naive.Resting.Count)];
        var account = (int)bet.Given.Account.Value;
        var reduction = random.Next(2) == 0 ? 0 : 100L * random.Next(1, 200);
        var outcome = venue.CancelBet(account, bet.Id, reduction);
        if (reduction == 0)
        {
            naive.Cancel(bet.Id);
        }
        else if (bet.Remaining - reduction >= 100)
        {
            naive.Reduce(bet.Id, reduction);
        }
        else
        {
            Assert.Equal(RejectReason.ReductionInvalid, outcome.Reason);
            return;
        }

        Assert.Equal(RejectReason.None, outcome.Reason);
    }

    private static string Text(BetMatched e) =>
        $"{e.MakerBet.Value} {e.TakerBet.Value} {e.MakerStake.Units} {e.MakerPart.Units} {e.TakerPart.Units}";

    private static void RequireEqual(Venue venue, NaiveTwoRunner naive, string where)
    {
        Assert.Equal(
            naive.Resting.Select(bet => $"{bet.Id} {bet.Remaining} {bet.Matched}"),
            venue.Exchange.OpenBets(new BettingMarketId(1))
                .Select(bet => $"{bet.Id.Value} {bet.Remaining.Units} {bet.Matched.Units}"));
        for (var account = 1; account <= Accounts; account++)
        {
            var balance = venue.Balance(account, Currency);
            Assert.True(
                (balance.Available, balance.Reserved) == (naive.Available(account), naive.Reserved(account)), where);
            var paid = Funds - naive.Available(account) - naive.Reserved(account);
            var results = venue.IfWin(account);
            for (var winner = 0; winner < results.Length; winner++)
            {
                Assert.Equal(naive.Claims[account, winner] - paid, results[winner]);
            }
        }
    }
}
