using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.BettingVenue;

namespace ReplicatedBook.Matching.Tests.Betting;

/// <summary>Runners that leave a market while it trades. After every command the venue checks that no money is lost and
/// that all reserved is what open bets need.</summary>
public sealed class BettingRunnerTests
{
    private const int C = 3;

    [Fact]
    public void Open_bets_on_a_removed_runner_are_canceled_batch_by_batch_also_across_a_restore()
    {
        var venue = Open(BettingBookType.MultiRunner, runners: 3);
        for (var i = 0; i < 10; i++)
        {
            venue.Back(1, C, 300, One);
            venue.Back(2, A, 300, One);
        }

        venue.Events.Clear();
        var outcome = Remove(venue, batch: 7, runners: C);
        Assert.Equal((RejectReason.None, true), (outcome.Reason, outcome.BettingMarket!.IsBatchUnderWay));
        venue.Exchange = Exchange.ReadSnapshot(venue.Snapshot());
        Assert.Equal(RejectReason.RunnerAlreadyRemoved, venue.Back(3, C, 300, One).Reason);
        for (var i = 0; i < 3; i++)
        {
            venue.Accept(default(Tick));
        }

        Assert.Equal(
            [(false, 4), (false, 3), (true, 3)],
            venue.Events.Of<BettingBatchDone>().Select(e => (e.IsLast, e.Count)));
        Assert.Equal(10, venue.Events.Of<BetCanceled>().Count());
        Assert.All(
            venue.Events.Of<BetCanceled>(),
            e => Assert.Equal((C, StatusReason.RunnerRemoved), (e.Runner.Value, e.Reason)));
        Assert.Equal((1_000L * One, 0L), venue.Balance(1, Currency));
        Assert.Equal((990L * One, 10L * One), venue.Balance(2, Currency));
        Assert.Equal((10, false), (venue.BettingMarket().OpenBets, venue.BettingMarket().IsBatchUnderWay));
        Assert.Equal([false, false, true], venue.BettingMarket().Runners.Select(runner => runner.IsRemoved));
    }

    [Fact]
    public void What_is_matched_on_a_removed_runner_comes_back_with_the_settlement()
    {
        var venue = Open(BettingBookType.MultiRunner, runners: 3, commission: 1_000);
        venue.Back(1, C, 300, 10 * One);
        venue.Lay(2, C, 300, 10 * One);
        venue.Back(1, A, 200, One);
        venue.Lay(2, A, 200, One);
        Assert.Equal([-9L * One, -11L * One, 19L * One], venue.IfWin(1));

        venue.Events.Clear();
        Assert.Equal(RejectReason.None, Remove(venue, runners: C).Reason);
        Assert.True(venue.Events.Of<RunnerChanged>().Single().IsRemoved);
        Assert.Equal([One, -One, 0], venue.IfWin(1));
        venue.SetState(BettingMarketState.Closed);
        Assert.Equal(RejectReason.SettlementInvalid, venue.Settle(C).Reason);
        Assert.Equal(RejectReason.None, venue.Send(Settlement(1, [(A, 1)], [C])).Reason);

        Assert.Equal((1_000L * One) + (One * 9 / 10), venue.Funds(1));
        Assert.Equal(999L * One, venue.Funds(2));
        Assert.Equal(0, venue.BettingMarket().Pot.Units);
    }

    [Fact]
    public void A_market_whose_runners_have_all_left_is_settled_without_a_winner()
    {
        var venue = Open(BettingBookType.MultiRunner);
        venue.Back(1, A, 300, One);
        venue.Lay(2, A, 300, One);
        Remove(venue, runners: [A, B]);
        venue.SetState(BettingMarketState.Closed);

        Assert.Equal(RejectReason.None, venue.Send(Settlement(1, [], [])).Reason);
        Assert.Equal((1_000L * One, 1_000L * One), (venue.Funds(1), venue.Funds(2)));
    }

    [Fact]
    public void What_is_void_does_not_count_as_risk()
    {
        var venue = Open(BettingBookType.MultiRunner, runners: 3, maxAccount: 10 * One);
        venue.Back(1, C, 300, 10 * One);
        venue.Lay(2, C, 200, One);
        Assert.Equal(RejectReason.AccountLiabilityTooLarge, venue.Back(1, A, 300, One).Reason);

        Remove(venue, runners: C);

        Assert.Equal(RejectReason.None, venue.Back(1, A, 300, 10 * One).Reason);
    }

    [Fact]
    public void A_bet_that_waits_is_canceled_for_the_change_and_one_on_the_runner_for_its_removal()
    {
        var venue = Open(BettingBookType.MultiRunner, runners: 3, delay: 5_000_000);
        venue.GoInPlay();
        var (other, own) = (venue.Back(1, A, 300, One).Bet!.Id, venue.Back(1, C, 300, One).Bet!.Id);

        Remove(venue, runners: C);

        Assert.Equal(
            [StatusReason.MarketChanged, StatusReason.RunnerRemoved],
            new[] { other, own }.Select(bet => venue.Exchange.FindBet(bet)!.Reason));
    }

    [Fact]
    public void Runners_come_and_go_in_one_command_or_none_does()
    {
        var venue = Open(BettingBookType.MultiRunner);
        venue.Accept(Market("two"));
        RejectReason Change(int market, int[] added, int[] removed, int batch = 0, long version = 0) => venue.Send(
            new ChangeRunners(
                new BettingMarketId(market), [.. added.Select(id => new RunnerName(new RunnerId(id), "late"))],
                [.. removed.Select(id => new RunnerId(id))], batch, version)).Reason;

        Assert.Equal(RejectReason.BettingMarketNotFound, Change(3, [], [A]));
        Assert.Equal(RejectReason.VersionMismatch, Change(1, [], [A], version: 7));
        Assert.Equal(RejectReason.BatchSizeInvalid, Change(1, [], [A], batch: 10_001));
        Assert.Equal(RejectReason.RunnerCountInvalid, Change(2, [], [A]));
        Assert.Equal(RejectReason.RunnerCountInvalid, Change(1, [], []));
        Assert.Equal(RejectReason.RunnerExists, Change(1, [B], [A]));
        Assert.Equal(RejectReason.RunnerNotFound, Change(1, [C], [C]));
        Assert.Equal(RejectReason.RunnerAlreadyRemoved, Change(1, [], [A, A]));
        Assert.Equal([A, B], venue.BettingMarket().Runners.Select(runner => runner.Id.Value));
        Assert.Equal(1, venue.BettingMarket().Version);

        Assert.Equal(RejectReason.None, Change(1, [C], [A]));
        Assert.Equal(RejectReason.RunnerAlreadyRemoved, Change(1, [], [A]));
        Assert.Equal(RejectReason.RunnerExists, Change(1, [A], []));
        Assert.Equal(
            [(A, true), (B, false), (C, false)],
            venue.BettingMarket().Runners.Select(runner => (runner.Id.Value, runner.IsRemoved)));
        venue.SetState(BettingMarketState.Closed);
        Assert.Equal(RejectReason.BettingMarketFinal, Change(1, [], [B]));
    }

    private static Views.CommandOutcome Remove(Venue venue, int batch = 0, params int[] runners) => venue.Send(
        new ChangeRunners(
            new BettingMarketId(1), [], [.. runners.Select(runner => new RunnerId(runner))], batch, 0));
}
