using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.BettingVenue;

namespace ReplicatedBook.Matching.Tests.Betting;

/// <summary>Goal: work on many bets or accounts takes several entries and does each once, whoever goes on with it.
/// Method: an exchange is replaced by its own snapshot between two batches.</summary>
public sealed class BettingBatchTests
{
    private const int Accounts = 25;
    private const int Bets = 10_000;

    [Fact]
    public void Ten_thousand_bets_are_canceled_in_twenty_batches_each_once()
    {
        var venue = Crowded(Bets, accounts: Accounts);
        var (whole, interrupted) = (Twin(venue), Twin(venue));

        var entries = 0;
        Drive(whole, new SetBettingState(new BettingMarketId(1), BettingMarketState.Closed, false, 500, 0), _ => { });
        Drive(
            interrupted, new SetBettingState(new BettingMarketId(1), BettingMarketState.Closed, false, 500, 0),
            venueNow =>
            {
                entries++;
                Assert.Equal(Bets - (500 * entries), venueNow.BettingMarket().OpenBets);
                Restore(venueNow);
            });

        Assert.Equal(20, interrupted.Events.Of<BettingBatchDone>().Count());
        Assert.Equal(20, entries);
        Assert.Equal([500], interrupted.Events.Of<BettingBatchDone>().Select(e => e.Count).Distinct());
        var canceled = interrupted.Events.Of<BetCanceled>().Select(e => e.Bet.Value).ToList();
        Assert.Equal(Bets, canceled.Count);
        Assert.Equal(canceled.Order().Distinct(), canceled); // Each once, in order of id.
        Assert.Equal(whole.Hash(), interrupted.Hash());
        Assert.All(
            Enumerable.Range(1, Accounts),
            account => Assert.Equal((1_000L * One, 0L), interrupted.Balance(account, Currency)));
    }

    [Fact]
    public void A_settlement_pays_every_account_once_however_many_entries_it_takes()
    {
        var venue = Matched(accounts: 300, commission: 200);
        var (whole, interrupted) = (Twin(venue), Twin(venue));
        var settle = Settlement(1, [(A, 1)], [], batch: 7);

        Drive(whole, settle, _ => { });
        Drive(interrupted, settle, Restore);

        var paid = interrupted.Events.Of<BettingPaid>().ToList();
        Assert.Equal(300, paid.Select(e => e.Account).Distinct().Count());
        Assert.Equal(300, paid.Count);
        Assert.Equal(whole.Hash(), interrupted.Hash());
        Assert.Equal(0, interrupted.BettingMarket().Pot.Units);
        Assert.Equal(43, interrupted.Events.Of<BettingBatchDone>().Count()); // 300 by 7.
    }

    [Fact]
    public void A_void_market_cancels_and_refunds_in_batches()
    {
        var venue = Matched(accounts: 50, commission: 0);
        for (var account = 1; account <= 50; account++)
        {
            venue.Back(account, A, 1_000, One);
        }

        venue = Twin(venue);
        Drive(venue, new VoidBettingMarket(new BettingMarketId(1), 9, 0), Restore);

        Assert.Equal((BettingMarketState.Voided, 0), (venue.BettingMarket().State, venue.BettingMarket().OpenBets));
        Assert.All(
            Enumerable.Range(1, 50),
            account => Assert.Equal((1_000L * One, 0L), venue.Balance(account, Currency)));
    }

    [Fact]
    public void Trades_since_a_time_are_voided_in_batches_and_those_before_stay()
    {
        var venue = Open();
        for (var i = 0; i < 20; i++)
        {
            venue.Time++;
            venue.Back(1, A, 200, One);
            venue.Lay(2, A, 200, One);
        }

        var since = venue.Exchange.BetTrades(new BettingMarketId(1), default, 12)[^1].At;
        Drive(venue, new VoidBettingTrades(new BettingMarketId(1), [], since, 5), Restore);

        Assert.Equal(12, venue.Events.Of<BetTradeVoided>().Count());
        Assert.Equal([8 * One, -8 * One], venue.IfWin(1));
        Assert.Equal(16L * One, venue.BettingMarket().Pot.Units);
        Assert.Equal((992L * One, 992L * One), (venue.Funds(1), venue.Funds(2)));
    }

    [Fact]
    public void A_batch_cancel_takes_the_named_bets_that_were_there_when_it_began()
    {
        var venue = Open();
        for (var i = 0; i < 12; i++)
        {
            venue.Back(1 + (i % 2), i % 3 == 0 ? A : B, 1_000, One);
        }

        var time = venue.Time;
        venue.Accept(new BatchCancelBets(
            new BettingMarketId(1), new AccountId(1), new RunnerId(B), new Timestamp(time), new Timestamp(time), 3));
        var late = venue.Back(1, B, 1_000, One).Bet!;
        while (venue.Exchange.NextDue is not null)
        {
            venue.Accept(default(Tick));
        }

        Assert.Equal(OrderStatus.Open, venue.Exchange.FindBet(late.Id)!.Status);
        Assert.Equal(4, venue.Events.Of<BetCanceled>().Count());
        Assert.All(
            venue.Events.Of<BetCanceled>(),
            e => Assert.Equal((1, B, StatusReason.BatchCancel), (e.Account.Value, e.Runner.Value, e.Reason)));
    }

    [Fact]
    public void Canceling_the_very_bet_that_a_batch_is_at_lets_it_go_on_behind_it()
    {
        var venue = Open();
        var bets = Enumerable.Range(0, 6).Select(_ => venue.Back(1, A, 1_000, One).Bet!.Id.Value).ToList();
        venue.SetState(BettingMarketState.Suspended, lapse: true, batch: 2);

        // The command's own batch cancels the third and fourth; then it cancels the fifth, where the next one begins.
        Assert.Equal(RejectReason.None, venue.CancelBet(1, bets[4]).Reason);
        Restore(venue);
        venue.Accept(default(Tick));

        Assert.Equal(0, venue.BettingMarket().OpenBets);
        Assert.False(venue.BettingMarket().IsBatchUnderWay);
        Assert.Equal(bets, venue.Events.Of<BetCanceled>().Select(e => e.Bet.Value));
    }

    [Fact]
    public void Work_of_several_markets_is_done_one_after_another()
    {
        var venue = Open();
        venue.Accept(Market("second"));
        for (var i = 0; i < 4; i++)
        {
            venue.Place(Bet(1, BetSide.Back, A, 1_000, One));
            venue.Place(Bet(1, BetSide.Back, A, 1_000, One, market: 2));
        }

        venue.SetState(BettingMarketState.Closed, batch: 1);
        venue.SetState(BettingMarketState.Closed, batch: 3, market: 2);
        while (venue.Exchange.NextDue is { } due)
        {
            Assert.Equal(venue.Exchange.Now, due);
            Restore(venue);
            venue.Accept(default(Tick));
        }

        Assert.Equal(
            [1, 1, 1, 1, 2, 2], venue.Events.Of<BettingBatchDone>().Select(e => e.Market.Value));
        Assert.Equal((1_000L * One, 0L), venue.Balance(1, Currency));
    }

    /// <summary>Applies a command, and Ticks until its work is done.</summary>
    private static void Drive(Venue venue, object command, Action<Venue> between)
    {
        venue.Accept(command);
        between(venue);
        while (venue.Exchange.NextDue is not null)
        {
            venue.Accept(default(Tick));
            between(venue);
        }
    }

    private static void Restore(Venue venue)
    {
        var before = venue.Snapshot();
        venue.Exchange = Exchange.ReadSnapshot(before);
        Assert.Equal(before, venue.Snapshot());
    }

    private static Venue Twin(Venue venue) => new()
    {
        Time = venue.Time,
        Exchange = Exchange.ReadSnapshot(venue.Snapshot()),
    };

    /// <summary>Bets that do not meet, placed without the checks after every command, which look at all of
    /// them.</summary>
    private static Venue Crowded(int bets, int accounts)
    {
        var venue = Open(accounts: accounts);
        var (events, result) = (new EventBuffer(), new ArrayBufferWriter<byte>());
        for (var i = 0; i < bets; i++)
        {
            var (account, runner) = (1 + (i % accounts), 1 + (i % 2));
            var command = venue.Bytes(Bet(account, BetSide.Back, runner, 1_000 + (50 * (i % 10)), 1_000), account);
            result.ResetWrittenCount();
            Assert.Equal(
                RejectReason.None,
                venue.Exchange.Apply(
                    venue.Exchange.AppliedIndex + 1, new Timestamp(venue.Time), command, events, result).Reason);
        }

        return venue;
    }

    /// <summary>A closed market in which every account has a matched bet.</summary>
    private static Venue Matched(int accounts, int commission)
    {
        var venue = Open(accounts: accounts, commission: commission);
        for (var account = 1; account <= accounts; account += 2)
        {
            venue.Back(account, A, 250, One + (account * 100));
            venue.Lay(account + 1, A, 250, One + (account * 100));
        }

        if (commission > 0)
        {
            venue.SetState(BettingMarketState.Closed);
        }

        return venue;
    }
}
