using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using static ReplicatedBook.Matching.Tests.Testing.BettingVenue;

namespace ReplicatedBook.Matching.Tests.Betting;

/// <summary>Bets and markets over their lives, each rule by an example.</summary>
public sealed class BettingMarketTests
{
    [Fact]
    public void A_back_meets_the_longest_lay_first_and_gets_its_odds()
    {
        var venue = Open(BettingBookType.MultiRunner);
        venue.Lay(1, A, 250, 10 * One);
        venue.Lay(2, A, 260, 10 * One);

        var back = venue.Back(3, A, 250, 15 * One);

        Assert.Equal([260, 250], back.BetFills.Select(fill => fill.Odds.Hundredths));
        Assert.Equal(15L * One, back.Bet!.Matched.Units);
        Assert.Equal(235_000, back.Bet.MatchedLiability.Units); // 10 at 1.6 to 1, 5 at 1.5 to 1.
        Assert.Equal((985L * One, 75_000L), venue.Balance(1, Currency)); // Of its 15 the half is matched.
    }

    [Fact]
    public void A_lay_holds_its_liability_rounded_up_and_a_cancel_gives_all_of_it_back()
    {
        var venue = Open();
        var lay = venue.Lay(1, A, 101, 100).Bet!;

        Assert.Equal(1, lay.Reserved.Units);
        Assert.Equal(((1_000L * One) - 1, 1L), venue.Balance(1, Currency));
        venue.CancelBet(1, lay.Id.Value);
        Assert.Equal((1_000L * One, 0L), venue.Balance(1, Currency));
    }

    [Fact]
    public void Immediate_or_cancel_keeps_what_matched_and_fill_or_kill_all_or_nothing()
    {
        var venue = Open();
        venue.Lay(1, A, 200, 5 * One);

        var killed = venue.Place(Bet(2, BetSide.Back, A, 200, 6 * One, TimeInForce.FillOrKill));
        Assert.Equal(
            (OrderStatus.Expired, StatusReason.FillOrKill, 0L),
            (killed.Bet!.Status, killed.Bet.Reason, killed.Bet.Matched.Units));
        Assert.Empty(venue.Events.Of<BetMatched>());

        var least = venue.Place(Bet(2, BetSide.Back, A, 200, 6 * One, TimeInForce.FillOrKill, minFill: 2 * One));
        Assert.Equal((OrderStatus.Expired, 5L * One), (least.Bet!.Status, least.Bet.Matched.Units));

        venue.Lay(1, A, 200, 5 * One);
        var rest = venue.Place(Bet(2, BetSide.Back, A, 200, 6 * One, TimeInForce.ImmediateOrCancel));
        Assert.Equal(
            (OrderStatus.Expired, StatusReason.ImmediateOrCancel, 5L * One),
            (rest.Bet!.Status, rest.Bet.Reason, rest.Bet.Matched.Units));
        Assert.Equal(990L * One, venue.Funds(2));
    }

    [Fact]
    public void Lapsing_bets_go_before_the_event_and_persisting_ones_stay()
    {
        var venue = Open();
        var lapsing = venue.Back(1, A, 300, One).Bet!.Id;
        var persisting = venue.Place(Bet(1, BetSide.Back, A, 300, One, persistence: Persistence.Persist)).Bet!.Id;

        venue.GoInPlay();

        Assert.Equal(
            (OrderStatus.Canceled, StatusReason.Lapsed),
            (venue.Exchange.FindBet(lapsing)!.Status, venue.Exchange.FindBet(lapsing)!.Reason));
        Assert.Equal(OrderStatus.Open, venue.Exchange.FindBet(persisting)!.Status);
        Assert.Equal(3, venue.BettingMarket().Version);
        Assert.Equal(OrderStatus.Filled, venue.Lay(2, A, 300, One).Bet!.Status);
    }

    [Fact]
    public void In_play_bets_wait_for_the_delay_and_come_in_order_of_time_then_id()
    {
        var venue = Open(delay: 5_000_000);
        venue.GoInPlay();
        var first = venue.Back(1, A, 200, One).Bet!;
        venue.Time += 1_000_000;
        var second = venue.Back(2, A, 200, One).Bet!;
        var third = venue.Lay(3, A, 200, One).Bet!;

        Assert.Equal((OrderStatus.Pending, 6_000_000), (first.Status, first.DueAt.Microseconds));
        Assert.Equal((999L * One, 1L * One), venue.Balance(1, Currency));
        Assert.Equal(6_000_000, venue.Exchange.NextDue!.Value.Microseconds);
        venue.Time = 5_999_999;
        venue.Accept(default(Tick));
        Assert.Empty(venue.Events.Of<BetReleased>());
        venue.Exchange = Exchange.ReadSnapshot(venue.Snapshot());
        venue.Time = 8_000_000;
        venue.Accept(default(Tick));

        Assert.Equal([first.Id, second.Id, third.Id], venue.Events.Of<BetReleased>().Select(e => e.Bet));
        Assert.Equal((first.Id, third.Id), (
            venue.Events.Of<BetMatched>().Single().MakerBet, venue.Events.Of<BetMatched>().Single().TakerBet));
        Assert.Null(venue.Exchange.NextDue);
    }

    [Fact]
    public void A_waiting_bet_is_canceled_by_its_owner_by_suspension_and_by_a_change_of_the_market()
    {
        var venue = Open(BettingBookType.MultiRunner, delay: 5_000_000);
        venue.GoInPlay();
        var own = venue.Back(1, A, 200, One).Bet!.Id;
        venue.CancelBet(1, own.Value);
        var changed = venue.Back(1, A, 200, One).Bet!.Id;
        venue.Accept(new ChangeRunners(
            new BettingMarketId(1), [new RunnerName(new RunnerId(9), "nine")], [], 0, 0));
        var suspended = venue.Back(1, A, 200, One).Bet!.Id;
        venue.SetState(BettingMarketState.Suspended);

        Assert.Equal(
            [StatusReason.UserRequest, StatusReason.MarketChanged, StatusReason.MarketChanged],
            new[] { own, changed, suspended }.Select(id => venue.Exchange.FindBet(id)!.Reason));
        Assert.Equal((1_000L * One, 0L), venue.Balance(1, Currency));
        Assert.Null(venue.Exchange.NextDue);
    }

    [Fact]
    public void A_fill_or_kill_bet_decides_when_it_reaches_the_book()
    {
        var venue = Open(delay: 5_000_000);
        venue.GoInPlay();
        venue.Lay(1, A, 200, One);
        var bet = venue.Place(Bet(2, BetSide.Back, A, 200, One, TimeInForce.FillOrKill)).Bet!.Id;
        venue.Time += 5_000_000;
        venue.Accept(default(Tick));

        Assert.Equal(OrderStatus.Filled, venue.Exchange.FindBet(bet)!.Status);
    }

    [Fact]
    public void Suspension_lapses_bets_only_when_asked()
    {
        var venue = Open();
        var bet = venue.Back(1, A, 200, One).Bet!.Id;
        venue.SetState(BettingMarketState.Suspended);
        Assert.Equal(OrderStatus.Open, venue.Exchange.FindBet(bet)!.Status);
        venue.SetState(BettingMarketState.Open);
        venue.SetState(BettingMarketState.Suspended, lapse: true);
        Assert.Equal(StatusReason.Lapsed, venue.Exchange.FindBet(bet)!.Reason);
    }

    [Fact]
    public void A_winner_is_paid_less_commission_on_what_he_won_in_the_whole_market()
    {
        var venue = Open(BettingBookType.MultiRunner, commission: 500, runners: 3);
        venue.Back(1, 1, 300, 10 * One); // Wins 20,
        venue.Lay(2, 1, 300, 10 * One);
        venue.Back(1, 2, 200, 4 * One); // loses 4: 16 in all, of which 0.8 go.
        venue.Lay(3, 2, 200, 4 * One);
        venue.SetState(BettingMarketState.Closed);

        venue.Settle(1);

        Assert.Equal((1_015L * One) + 2_000, venue.Funds(1));
        Assert.Equal(980L * One, venue.Funds(2));
        Assert.Equal((1_003L * One) + 8_000, venue.Funds(3));
        Assert.Equal(10_000, venue.Exchange.Conservation()[0].Fees.Units); // 0.8 and 0.2.
        Assert.Equal(0, venue.BettingMarket().Pot.Units);
    }

    [Fact]
    public void A_dead_heat_divides_the_pots_and_leaves_no_more_than_named_dust()
    {
        var venue = Open(BettingBookType.MultiRunner, runners: 3);
        venue.Back(1, 1, 305, 100);
        venue.Lay(2, 1, 305, 100); // A pot of 305 units.
        venue.SetState(BettingMarketState.Closed);

        venue.Send(Settlement(2, [(1, 1), (2, 1)], []));

        Assert.Equal((1_000L * One) - 100 + 152, venue.Funds(1));
        Assert.Equal((1_000L * One) - 205 + 152, venue.Funds(2));
        Assert.Equal((1L, 1L), (venue.BettingMarket().Dust.Units, venue.Exchange.Conservation()[0].Fees.Units));
    }

    [Fact]
    public void Bets_on_a_void_runner_are_refunded_and_the_others_stand()
    {
        var venue = Open(BettingBookType.MultiRunner, runners: 3);
        venue.Back(1, 3, 300, 10 * One);
        venue.Lay(2, 3, 300, 10 * One);
        venue.Back(1, 1, 200, One);
        venue.Lay(2, 1, 200, One);
        venue.SetState(BettingMarketState.Closed);

        venue.Send(Settlement(1, [(1, 1)], [3]));

        Assert.Equal((1_001L * One, 999L * One), (venue.Funds(1), venue.Funds(2)));
    }

    [Fact]
    public void A_void_runner_of_two_voids_all()
    {
        var venue = Open();
        venue.Back(1, A, 300, 10 * One);
        venue.Back(2, B, 150, 20 * One);
        venue.SetState(BettingMarketState.Closed);

        venue.Send(Settlement(1, [], [A]));

        Assert.Equal((1_000L * One, 1_000L * One), (venue.Funds(1), venue.Funds(2)));
    }

    [Fact]
    [Trait("MatchingScenario", "126 void")]
    public void A_void_trade_gives_both_their_money_back_and_leaves_the_others()
    {
        var venue = Open();
        venue.Back(1, A, 300, 10 * One);
        var taker = venue.Back(2, B, 150, 20 * One);
        venue.Back(1, A, 200, One);
        venue.Lay(2, A, 200, One);

        venue.Accept(new VoidBettingTrades(new BettingMarketId(1), [taker.BetFills[0].Trade], default, 0));

        Assert.Equal([One, -One], venue.IfWin(1));
        Assert.Equal((999L * One, 999L * One), (venue.Funds(1), venue.Funds(2)));
        Assert.Equal(2L * One, venue.BettingMarket().Pot.Units);
        Assert.Equal(OrderStatus.Voided, venue.Exchange.FindBet(taker.Bet!.Id)!.Status);
        Assert.True(Assert.Single(venue.Exchange.BetFills(taker.Bet.Id)).IsVoided);
        venue.SetState(BettingMarketState.Closed);
        venue.Settle(B);
        Assert.Equal((999L * One, 1_001L * One), (venue.Funds(1), venue.Funds(2)));
    }

    [Fact]
    [Trait("MatchingScenario", "126 void")]
    public void A_void_market_refunds_everybody()
    {
        var venue = Open(commission: 1_000);
        venue.Back(1, A, 300, 10 * One);
        venue.Back(2, B, 150, 20 * One);
        venue.Back(3, A, 300, One);

        venue.Accept(new VoidBettingMarket(new BettingMarketId(1), 0, 0));

        Assert.All(new[] { 1, 2, 3 }, account => Assert.Equal((1_000L * One, 0L), venue.Balance(account, Currency)));
        Assert.Empty(venue.Exchange.Exposure(new AccountId(1)));
    }

    [Theory]
    [InlineData(SelfTradePrevention.CancelTaker, OrderStatus.Open, OrderStatus.Canceled)]
    [InlineData(SelfTradePrevention.CancelMaker, OrderStatus.Canceled, OrderStatus.Open)]
    [InlineData(SelfTradePrevention.CancelBoth, OrderStatus.Canceled, OrderStatus.Canceled)]
    [InlineData(SelfTradePrevention.Decrement, OrderStatus.Canceled, OrderStatus.Open)]
    [InlineData(SelfTradePrevention.None, OrderStatus.Filled, OrderStatus.Open)]
    [Trait("MatchingScenario", "78 STP_across_runners")]
    public void Own_bets_do_not_meet_across_runners_either(
        SelfTradePrevention mode, OrderStatus maker, OrderStatus taker)
    {
        var venue = Open();
        var resting = venue.Back(1, A, 300, 10 * One).Bet!.Id; // Meets 20 on the other runner.

        var bet = venue.Place(Bet(1, BetSide.Back, B, 150, 30 * One, stp: mode)).Bet!;

        Assert.Equal((maker, taker), (venue.Exchange.FindBet(resting)!.Status, bet.Status));
        Assert.Equal(mode == SelfTradePrevention.None ? 1 : 0, venue.Events.Of<BetMatched>().Count());
        var left = mode is SelfTradePrevention.Decrement or SelfTradePrevention.None ? 10 : 30;
        Assert.Equal(taker == OrderStatus.Open ? left * One : 0, bet.Remaining.Units);
    }

    [Fact]
    public void A_dead_mans_switch_cancels_bets_too()
    {
        var venue = Open();
        venue.Back(1, A, 300, One);
        venue.Accept(new SetCancelAfter(new AccountId(1), 1_000_000), user: 1);
        venue.Time += 1_000_000;
        venue.Accept(default(Tick));

        Assert.Equal(StatusReason.CancelAfter, Assert.Single(venue.Events.Of<BetCanceled>()).Reason);
        Assert.Equal((1_000L * One, 0L), venue.Balance(1, Currency));
    }

    [Fact]
    public void A_mass_cancel_takes_what_it_names_of_one_account()
    {
        var venue = Open();
        var backs = new[] { A, B, A }.Select(runner => venue.Back(1, runner, 1_000, One).Bet!.Id).ToList();
        var lay = venue.Lay(1, A, 101, One).Bet!.Id;
        var other = venue.Back(2, A, 1_000, One).Bet!.Id;
        CommandOutcome Cancel(int runner, BetSide? side) => venue.Send(
            new CancelBets(default, new BettingMarketId(1), new RunnerId(runner), side), user: 1);

        Assert.Equal([backs[0], backs[2]], Cancel(A, BetSide.Back).Canceled);
        Assert.Equal([backs[1], lay], Cancel(0, null).Canceled);
        Assert.Equal([other], venue.Exchange.OpenBets(new BettingMarketId(1)).Select(bet => bet.Id));
        Assert.Equal(
            RejectReason.BettingMarketNotFound,
            venue.Send(new CancelBets(default, new BettingMarketId(7), default, null), user: 1).Reason);
    }

    [Fact]
    public void The_least_stake_follows_the_currencys_scale()
    {
        var venue = Open();
        venue.Accept(new CreateAsset("CENT", 2));
        venue.Deposit(1, 2, 1_000);
        venue.Accept(Market("cents", currency: 2));

        Assert.Equal(100, venue.BettingMarket(2).StakeStep.Units);
        Assert.Equal(RejectReason.StakeInvalid, venue.Place(Bet(1, BetSide.Back, A, 200, 50, market: 2)).Reason);
        Assert.Equal(RejectReason.None, venue.Place(Bet(1, BetSide.Lay, A, 202, 100, market: 2)).Reason);
    }

    [Fact]
    public void Closed_bets_are_forgotten_the_oldest_first()
    {
        var venue = Open(limits: new ExchangeLimits { MaxClosedOrders = 2 });
        var ids = Enumerable.Range(0, 3).Select(i =>
        {
            var bet = venue.Place(Bet(1, BetSide.Back, A, 200, One, clientOrderId: $"b{i}")).Bet!.Id;
            venue.CancelBet(1, bet.Value);
            return bet;
        }).ToList();

        Assert.Null(venue.Exchange.FindBet(ids[0]));
        Assert.Equal(RejectReason.OrderNotFound, venue.CancelBet(1, ids[0].Value).Reason);
        Assert.Equal(
            [ids[2], ids[1]],
            venue.Exchange.ClosedBets(new BettingMarketId(1), new AccountId(1), 9).Select(bet => bet.Id));
        Assert.False(venue.Place(Bet(1, BetSide.Back, A, 200, One, clientOrderId: "b0")).IsExistingOrder);
    }
}
