using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.BettingVenue;

namespace ReplicatedBook.Matching.Tests.Betting;

/// <summary>Goal: every refusal of FEATURES.md B20 that has a counterpart, each by one command, without a trace in
/// the state. What has none: queues and identities are not the state machine's (QUEUE_BACKPRESSURE, MARKET_ID_MISMATCH,
/// MARKET_MODEL_MISMATCH, INTERNAL_ERROR), there is no cashout and no removing of runners, and a fill-or-kill that
/// finds too little is an accepted bet that expired (API.md 2.6).</summary>
public sealed class BettingRefusalTests
{
    [Theory]
    [InlineData(RejectReason.BettingMarketNotFound)]
    [InlineData(RejectReason.RunnerNotFound)]
    [InlineData(RejectReason.OddsInvalid)]
    [InlineData(RejectReason.StakeInvalid)]
    [InlineData(RejectReason.NotionalTooLarge)]
    [InlineData(RejectReason.TimeInForceInvalid)]
    [InlineData(RejectReason.VersionMismatch)]
    [InlineData(RejectReason.BetLiabilityTooLarge)]
    [InlineData(RejectReason.AccountLiabilityTooLarge)]
    [InlineData(RejectReason.InsufficientFunds)]
    [InlineData(RejectReason.AccountNotFound)]
    public void A_bet_is_refused(RejectReason reason)
    {
        var venue = Open(maxBet: 500 * One, maxAccount: 700 * One);
        venue.Accept(Market("free"));
        venue.Back(1, A, 200, 300 * One);
        var bet = Bet(1, BetSide.Lay, B, 300, One);
        venue.Events.Clear();
        var before = venue.Exchange.OpenBets(new AccountId(1));
        var balance = venue.Balance(1, Currency);

        var outcome = venue.Send(
            reason switch
            {
                RejectReason.BettingMarketNotFound => bet with { Market = new BettingMarketId(3) },
                RejectReason.RunnerNotFound => bet with { Runner = new RunnerId(3) },
                RejectReason.OddsInvalid => bet with { Odds = new Odds(301) },
                RejectReason.StakeInvalid => bet with { Stake = new Amount(One + 1) },
                RejectReason.NotionalTooLarge => bet with { Stake = new Amount(1_000_000_000_100) },
                RejectReason.TimeInForceInvalid => bet with { MinFill = new Amount(100) },
                RejectReason.VersionMismatch => bet with { MarketVersion = 2 },
                RejectReason.BetLiabilityTooLarge => bet with { Stake = new Amount((250 * One) + 100) },
                RejectReason.AccountLiabilityTooLarge => bet with { Stake = new Amount((200 * One) + 100) },
                RejectReason.InsufficientFunds => bet with
                {
                    Market = new BettingMarketId(2),
                    Stake = new Amount((350 * One) + 100),
                },
                _ => bet with { Account = new AccountId(2) },
            },
            user: 1);

        Assert.Equal(reason, outcome.Reason);
        Assert.Equal(reason, Assert.Single(venue.Events.Of<BetRejected>()).Reason);
        Assert.Null(outcome.Bet);
        Assert.Equal(before, venue.Exchange.OpenBets(new AccountId(1)));
        Assert.Equal(balance, venue.Balance(1, Currency));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-100)]
    [InlineData(50)]
    public void A_stake_is_positive_and_a_multiple_of_the_step(long stake) =>
        Assert.Equal(RejectReason.StakeInvalid, Open().Back(1, A, 200, stake).Reason);

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    [InlineData(100_001)]
    [InlineData(-150)]
    [InlineData(401)]
    public void Odds_are_on_the_ladder(int odds) =>
        Assert.Equal(RejectReason.OddsInvalid, Open().Back(1, A, odds, One).Reason);

    [Fact]
    public void A_market_that_is_not_open_takes_no_bets_but_cancels()
    {
        var venue = Open();
        var bet = venue.Back(1, A, 200, One).Bet!.Id.Value;
        venue.SetState(BettingMarketState.Suspended);

        Assert.Equal(RejectReason.BettingMarketSuspended, venue.Back(1, A, 200, One).Reason);
        Assert.Equal(RejectReason.NoChange, venue.SetState(BettingMarketState.Suspended).Reason);
        Assert.Equal(RejectReason.None, venue.CancelBet(1, bet).Reason);
        Assert.Equal(RejectReason.None, venue.SetState(BettingMarketState.Open).Reason);
        Assert.Equal(RejectReason.NoChange, venue.SetState(BettingMarketState.Open).Reason);
        Assert.Equal(RejectReason.None, venue.Back(1, A, 200, One).Reason);
    }

    [Fact]
    public void A_closed_market_is_final_and_settled_once()
    {
        var venue = Open();

        Assert.Equal(RejectReason.BettingMarketNotClosed, venue.Settle(A).Reason);
        venue.SetState(BettingMarketState.Closed);
        Assert.Equal(RejectReason.BettingMarketFinal, venue.SetState(BettingMarketState.Open).Reason);
        Assert.Equal(RejectReason.BettingMarketFinal, venue.SetPhase(BettingPhase.AwaitingLive).Reason);
        Assert.Equal(RejectReason.MarketNotOpen, venue.Back(1, A, 200, One).Reason);
        Assert.Equal(RejectReason.None, venue.Settle(A).Reason);
        Assert.Equal(RejectReason.BettingMarketFinal, venue.Settle(B).Reason);
        Assert.Equal(
            RejectReason.BettingMarketFinal,
            venue.Send(new VoidBettingMarket(new BettingMarketId(1), 0, 0)).Reason);
        Assert.Equal(
            RejectReason.BettingMarketFinal,
            venue.Send(new VoidBettingTrades(new BettingMarketId(1), [new TradeId(1)], default, 0)).Reason);
        Assert.Equal(
            RejectReason.BettingMarketFinal,
            venue.Send(new BatchCancelBets(new BettingMarketId(1), default, default, default, default, 0)).Reason);
    }

    [Fact]
    public void Phases_follow_each_other_in_markets_that_go_in_play()
    {
        var venue = Open();
        venue.Accept(Market("pre only", inPlay: false));

        Assert.Equal(RejectReason.PhaseOutOfOrder, venue.SetPhase(BettingPhase.InPlay).Reason);
        Assert.Equal(RejectReason.None, venue.SetPhase(BettingPhase.AwaitingLive).Reason);
        Assert.Equal(RejectReason.MarketNotOpen, venue.Back(1, A, 200, One).Reason);
        Assert.Equal(RejectReason.PhaseOutOfOrder, venue.SetPhase(BettingPhase.Pre).Reason);
        Assert.Equal(RejectReason.None, venue.SetPhase(BettingPhase.InPlay).Reason);
        Assert.Equal(
            RejectReason.InPlayNotSupported, venue.SetPhase(BettingPhase.AwaitingLive, market: 2).Reason);
    }

    [Theory]
    [InlineData(RejectReason.TextInvalid)]
    [InlineData(RejectReason.AssetNotFound)]
    [InlineData(RejectReason.FeeOutOfRange)]
    [InlineData(RejectReason.BetDelayOutOfRange)]
    [InlineData(RejectReason.LiabilityBoundInvalid)]
    [InlineData(RejectReason.RunnerCountInvalid)]
    [InlineData(RejectReason.RunnerExists)]
    [InlineData(RejectReason.BettingMarketExists)]
    [InlineData(RejectReason.LimitReached)]
    public void A_market_is_not_created(RejectReason reason)
    {
        var venue = Open(limits: new ExchangeLimits { MaxInstruments = reason == RejectReason.LimitReached ? 1 : 9 });
        var market = Market("other");
        market = reason switch
        {
            RejectReason.TextInvalid => market with { Name = "" },
            RejectReason.AssetNotFound => market with { Currency = new AssetId(7) },
            RejectReason.FeeOutOfRange => market with { CommissionBps = 10_001 },
            RejectReason.BetDelayOutOfRange => market with { BetDelay = 60_000_001 },
            RejectReason.LiabilityBoundInvalid => market with { MaxBetLiability = new Amount(-1) },
            RejectReason.RunnerCountInvalid => Market("other", runners: 3),
            RejectReason.RunnerExists => market with { Runners = [market.Runners[0], market.Runners[0]] },
            RejectReason.BettingMarketExists => Market("match"),
            _ => market,
        };

        Assert.Equal(reason, venue.Send(market).Reason);
        Assert.Single(venue.Exchange.BettingMarkets);
    }

    [Fact]
    public void Runners_are_added_once_and_to_markets_of_many_only()
    {
        var venue = Open(BettingBookType.MultiRunner);
        venue.Accept(Market("two"));
        RejectReason Add(int market, params int[] ids) => venue.Send(new ChangeRunners(
            new BettingMarketId(market), [.. ids.Select(id => new RunnerName(new RunnerId(id), "late"))], [], 0,
            0)).Reason;

        Assert.Equal(RejectReason.RunnerCountInvalid, Add(2, 3));
        Assert.Equal(RejectReason.RunnerCountInvalid, Add(1));
        Assert.Equal(RejectReason.RunnerExists, Add(1, 3, 3));
        Assert.Equal(RejectReason.RunnerExists, Add(1, 2));
        Assert.Equal(RejectReason.None, Add(1, 3));
        Assert.Equal(RejectReason.None, venue.Back(1, 3, 200, One).Reason);
        Assert.Equal(2, venue.BettingMarket().Version);
    }

    [Fact]
    public void A_cancel_names_an_open_bet_of_the_sender_and_takes_no_more_off_than_there_is()
    {
        var venue = Open();
        var bet = venue.Back(1, A, 200, 10 * One).Bet!.Id.Value;

        Assert.Equal(RejectReason.OrderNotFound, venue.CancelBet(1, 77).Reason);
        Assert.Equal(RejectReason.OrderNotFound, venue.CancelBet(2, bet).Reason);
        Assert.Equal(RejectReason.ExposureIncrease, venue.CancelBet(1, bet, -100).Reason);
        Assert.Equal(RejectReason.ReductionInvalid, venue.CancelBet(1, bet, 150).Reason);
        Assert.Equal(RejectReason.ReductionInvalid, venue.CancelBet(1, bet, 10 * One).Reason);
        var reduced = venue.CancelBet(1, bet, 6 * One);
        Assert.Equal((4L * One, 4L * One), (reduced.Bet!.Remaining.Units, reduced.Bet.Reserved.Units));
        Assert.Equal(RejectReason.None, venue.CancelBet(1, bet).Reason);
        var again = venue.CancelBet(1, bet);
        Assert.Equal((RejectReason.OrderNotOpen, OrderStatus.Canceled), (again.Reason, again.Bet!.Status));
    }

    [Fact]
    public void Batches_have_a_size_and_ranges_an_end()
    {
        var venue = Open();
        RejectReason Cancel(int runner = 0, int account = 0, long from = 0, long to = 0, int batch = 0) =>
            venue.Send(new BatchCancelBets(
                new BettingMarketId(1), new AccountId(account), new RunnerId(runner), new Timestamp(from),
                new Timestamp(to), batch)).Reason;

        Assert.Equal(RejectReason.BatchSizeInvalid, Cancel(batch: -1));
        Assert.Equal(RejectReason.BatchSizeInvalid, Cancel(batch: 10_001));
        Assert.Equal(RejectReason.RunnerNotFound, Cancel(runner: 9));
        Assert.Equal(RejectReason.AccountNotFound, Cancel(account: 9));
        Assert.Equal(RejectReason.CancelRangeInvalid, Cancel(from: 2, to: 1));
        venue.Back(1, A, 200, One);
        venue.Back(1, A, 200, One);
        venue.Back(1, A, 200, One);
        Assert.Equal(RejectReason.None, Cancel(batch: 1));
        Assert.Equal(RejectReason.BatchUnderWay, Cancel()); // Its second batch was done before this; the third is left.
        Assert.Equal(RejectReason.None, Cancel());
        Assert.Equal(0, venue.BettingMarket().OpenBets);
    }

    [Fact]
    public void Nothing_opens_again_or_goes_in_play_before_the_work_is_done()
    {
        var venue = Open();
        for (var i = 0; i < 5; i++)
        {
            venue.Back(1, A, 200, One);
        }

        venue.SetState(BettingMarketState.Suspended, lapse: true, batch: 1);
        Assert.Equal(RejectReason.BatchUnderWay, venue.SetState(BettingMarketState.Open).Reason);
        Assert.Equal(RejectReason.None, venue.SetPhase(BettingPhase.AwaitingLive).Reason);
        Assert.Equal(RejectReason.BatchUnderWay, venue.SetPhase(BettingPhase.InPlay).Reason);
        venue.Accept(default(Tick));
        venue.Accept(default(Tick));
        Assert.Null(venue.Exchange.NextDue);
        Assert.Equal(RejectReason.None, venue.SetPhase(BettingPhase.InPlay).Reason);
    }

    [Fact]
    public void A_result_adds_up_and_names_each_runner_once()
    {
        var venue = Open(BettingBookType.MultiRunner, runners: 3);
        venue.SetState(BettingMarketState.Closed);
        RejectReason Try(SettleBettingMarket command) => venue.Send(command).Reason;

        Assert.Equal(RejectReason.SettlementInvalid, Try(Settlement(1, [], [])));
        Assert.Equal(RejectReason.SettlementInvalid, Try(Settlement(1, [(4, 1)], [])));
        Assert.Equal(RejectReason.SettlementInvalid, Try(Settlement(1, [(1, 1), (1, 1)], [])));
        Assert.Equal(RejectReason.SettlementInvalid, Try(Settlement(1, [(1, 1)], [1])));
        Assert.Equal(RejectReason.SettlementInvalid, Try(Settlement(2, [(1, 1)], [])));
        Assert.Equal(RejectReason.SettlementInvalid, Try(Settlement(2, [(1, 3)], [])));
        Assert.Equal(RejectReason.SettlementInvalid, Try(Settlement(0, [(1, 1)], [])));
        Assert.Equal(RejectReason.SettlementInvalid, Try(Settlement(1, [(1, 0)], [])));
        Assert.Equal(RejectReason.SettlementInvalid, Try(Settlement(1, [], [1, 2])));
        Assert.Equal(RejectReason.None, Try(Settlement(2, [(1, 1), (2, 1)], [3])));
    }

    [Fact]
    public void A_market_of_two_has_one_winner_in_all()
    {
        var venue = Open();
        venue.SetState(BettingMarketState.Closed);

        Assert.Equal(
            RejectReason.SettlementInvalid, venue.Send(Settlement(1, [(A, 1), (B, 1)], [])).Reason);
        Assert.Equal(RejectReason.SettlementInvalid, venue.Send(Settlement(1, [(A, 1)], [B])).Reason);
        Assert.Equal(RejectReason.None, venue.Send(Settlement(1, [], [B])).Reason);
    }

    [Fact]
    public void Voiding_names_kept_trades_of_the_market_once()
    {
        var venue = Open();
        venue.Accept(Market("other"));
        venue.Back(1, A, 200, One);
        venue.Lay(2, A, 200, One);
        RejectReason Void(int market, long[] trades, long since = 0) => venue.Send(new VoidBettingTrades(
            new BettingMarketId(market), [.. trades.Select(id => new TradeId(id))], new Timestamp(since), 0)).Reason;

        Assert.Equal(RejectReason.VoidRangeInvalid, Void(1, []));
        Assert.Equal(RejectReason.VoidRangeInvalid, Void(1, [1], since: 1));
        Assert.Equal(RejectReason.VoidRangeInvalid, Void(1, [], since: -1));
        Assert.Equal(RejectReason.VoidRangeInvalid, Void(1, [.. Enumerable.Repeat(1L, 1_001)]));
        Assert.Equal(RejectReason.BetTradeNotFound, Void(1, [2]));
        Assert.Equal(RejectReason.BetTradeNotFound, Void(2, [1]));
        Assert.Equal(RejectReason.BetTradeVoided, Void(1, [1, 1]));
        Assert.Equal(RejectReason.None, Void(1, [1]));
        Assert.Equal(RejectReason.BetTradeVoided, Void(1, [1]));
    }

    [Fact]
    public void Trades_that_may_be_forgotten_are_not_voided_by_time()
    {
        var venue = Open(limits: new ExchangeLimits { MaxTrades = 2 });
        for (var i = 0; i < 3; i++)
        {
            venue.Time++;
            venue.Back(1, A, 200, One);
            venue.Lay(2, A, 200, One);
        }

        RejectReason Since(long time) => venue.Send(
            new VoidBettingTrades(new BettingMarketId(1), [], new Timestamp(time), 0)).Reason;
        Assert.Equal(RejectReason.BetTradesForgotten, Since(1_000_002));
        Assert.Equal(RejectReason.None, Since(1_000_003));
        Assert.Equal(
            [true, false], venue.Exchange.BetTrades(new BettingMarketId(1), default, 9).Select(t => t.IsVoided));
    }

    [Fact]
    public void Open_bets_are_bounded_in_all_and_for_each_account()
    {
        var venue = Open(limits: new ExchangeLimits { MaxOpenOrders = 3, MaxOpenOrdersPerAccount = 2 });
        venue.Back(1, A, 200, One);
        venue.Back(1, A, 200, One);

        Assert.Equal(RejectReason.TooManyOpenOrders, venue.Back(1, A, 200, One).Reason);
        venue.Back(2, A, 200, One);
        Assert.Equal(RejectReason.LimitReached, venue.Back(3, A, 200, One).Reason);
    }

    [Fact]
    public void The_same_bet_under_one_name_is_one_bet_and_another_is_refused()
    {
        var venue = Open();
        var bet = Bet(1, BetSide.Back, A, 200, One, clientOrderId: "b1");
        var first = venue.Place(bet);

        var again = venue.Place(bet);
        Assert.True(again.IsExistingOrder);
        Assert.Equal(first.Bet, again.Bet);
        Assert.Equal(
            RejectReason.ClientOrderIdReused, venue.Place(bet with { Odds = new Odds(202) }).Reason);
        Assert.Equal(1, venue.BettingMarket().OpenBets);
        Assert.Equal(first.Bet!.Id, venue.Exchange.FindBet(new AccountId(1), bet.ClientOrderId)!.Id);
        Assert.Equal(
            RejectReason.None,
            venue.Send(new CancelBet(new AccountId(1), default, bet.ClientOrderId, default), user: 1).Reason);
        Assert.True(venue.Place(bet).IsExistingOrder); // It ended; its name is still its own.
    }

    [Fact]
    public void Below_the_level_nothing_of_it_has_an_effect()
    {
        var venue = new Venue();
        venue.Accept(new CreateAsset("EUR", 4));
        venue.Accept(new SetFeatureLevel(FeatureLevels.PredictionMarkets));
        var before = venue.Snapshot();

        Assert.Equal(RejectReason.FeatureDisabled, venue.Send(Market("match")).Reason);
        Assert.Equal(RejectReason.FeatureDisabled, venue.Send(Bet(1, BetSide.Back, A, 200, One)).Reason);
        Assert.Empty(venue.Exchange.BettingMarkets);
        Assert.Equal(before.Length, venue.Snapshot().Length);
    }
}
