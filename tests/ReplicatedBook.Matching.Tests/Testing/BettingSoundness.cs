using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>What must hold of every betting market after every command (MATCHING.md 8).</summary>
internal static class BettingSoundness
{
    /// <param name="exchange">What to check.</param>
    /// <param name="needed">Receives what open bets need reserved.</param>
    public static void Require(Exchange exchange, Dictionary<(long Account, int Asset), long> needed)
    {
        foreach (var market in exchange.BettingMarkets)
        {
            Assert.True(market.IsSound, $"the pot is what is matched: {market}");
            Assert.True(market.Pot.Units >= 0 && market.Matched.Units >= 0);
            Assert.True(market.State >= BettingMarketState.Settled || market.Pot == market.Matched);
            var bets = exchange.OpenBets(market.Id);
            Assert.Equal(market.OpenBets, bets.Count);
            Assert.Equal(bets.OrderBy(bet => bet.Id.Value), bets);
            foreach (var bet in bets)
            {
                RequireSound(bet, market);
                var of = (bet.Account.Value, market.Currency.Id.Value);
                needed[of] = needed.GetValueOrDefault(of) + bet.Reserved.Units;
            }

            RequireUncrossed(exchange.BettingBook(market.Id, OddsLadder.Count)!, market, bets);
            RequireZeroSum(exchange, market);
        }
    }

    private static void RequireSound(BetView bet, BettingMarketView market)
    {
        Assert.True(bet.Status is OrderStatus.Open or OrderStatus.Pending);
        Assert.True(bet.Remaining.Units >= market.StakeStep.Units, "no dust stays");
        Assert.True(bet.Matched.Units + bet.Remaining.Units <= bet.Stake.Units);
        var liability = (Int128)bet.Remaining.Units * (bet.Odds.Hundredths - 100);
        Assert.Equal(
            bet.Side == BetSide.Back ? bet.Remaining.Units : (long)((liability + 99) / 100), bet.Reserved.Units);
        RequireOwnOddsOrBetter(bet);
    }

    /// <summary>What is matched is at the bet's odds or better: at least that for a back, at most for a lay.</summary>
    public static void RequireOwnOddsOrBetter(BetView bet)
    {
        var (got, limit) = (
            (Int128)bet.MatchedLiability.Units * 100, (Int128)bet.Matched.Units * (bet.Odds.Hundredths - 100));
        Assert.True(bet.Side == BetSide.Back ? got >= limit : got <= limit, "nobody gets worse than he asked for");
    }

    private static void RequireUncrossed(BettingBookView book, BettingMarketView market, IReadOnlyList<BetView> bets)
    {
        var resting = bets.Where(bet => bet.Status == OrderStatus.Open).ToList();
        Assert.Equal(
            resting.Sum(bet => bet.Remaining.Units),
            book.Runners.Sum(r => r.Backs.Sum(l => l.Stake.Units) + r.Lays.Sum(l => l.Stake.Units)));
        Assert.Equal(resting.Count, book.Runners.Sum(r => r.Backs.Sum(l => l.Bets) + r.Lays.Sum(l => l.Bets)));
        foreach (var runner in book.Runners)
        {
            Assert.Equal(runner.Backs.OrderBy(level => level.Odds.Hundredths), runner.Backs);
            Assert.Equal(runner.Lays.OrderByDescending(level => level.Odds.Hundredths), runner.Lays);
            Assert.True(
                runner.Backs.Count == 0 || runner.Lays.Count == 0
                    || runner.Lays[0].Odds.Hundredths < runner.Backs[0].Odds.Hundredths,
                "a back meets a lay at its odds or longer");
        }

        if (market.BookType != BettingBookType.TwoRunner)
        {
            return;
        }

        var (a, b) = (book.Runners[0], book.Runners[1]);
        Assert.True(
            a.Backs.Count == 0 || b.Backs.Count == 0 || Product(a.Backs[0], b.Backs[0]) > 10_000,
            "two backs meet whose odds add up to no more than one");
        Assert.True(
            a.Lays.Count == 0 || b.Lays.Count == 0 || Product(a.Lays[0], b.Lays[0]) < 10_000,
            "two lays meet whose odds add up to no less than one");
    }

    private static long Product(BetLevelView a, BetLevelView b) =>
        (a.Odds.Hundredths - 100L) * (b.Odds.Hundredths - 100L);

    /// <summary>Whoever wins, what some win others lose; while a batch pays, those who are paid are out of
    /// it.</summary>
    private static void RequireZeroSum(Exchange exchange, BettingMarketView market)
    {
        if (market.State >= BettingMarketState.Settled)
        {
            return;
        }

        var sums = market.Runners.ToDictionary(runner => runner.Id, _ => 0L);
        for (var account = 1; account <= exchange.AccountCount; account++)
        {
            foreach (var exposure in exchange.Exposure(new AccountId(account), market.Id))
            {
                sums[exposure.Runner] += exposure.IfWin.Units;
            }
        }

        Assert.All(sums.Values, sum => Assert.Equal(0, sum));
    }
}
