using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.BettingVenue;

namespace ReplicatedBook.Matching.Tests.Encoding;

/// <summary>The part of <see cref="Samples"/> that is about betting.</summary>
internal static class BettingSamples
{
    private static readonly BettingMarketId One = new(1);

    private static ClientOrderId Name =>
        ClientOrderId.TryCreate("mm-000041", out var id) ? id : throw new InvalidOperationException();

    public static IReadOnlyList<object> Commands { get; } =
    [
        Market("match", BettingBookType.MultiRunner, 200, 5_000_000, 1_000_000, 70_000, runners: 2),
        new ChangeRunners(
            One, [new RunnerName(new RunnerId(70_000), "late")], [new RunnerId(2), new RunnerId(300)], 128, 7),
        new SetBettingState(One, BettingMarketState.Suspended, true, 500, 3),
        new SetBettingPhase(One, BettingPhase.InPlay, 0, 4),
        Bet(3, BetSide.Lay, B, 100_000, 5_000_000_000, TimeInForce.FillOrKill, Persistence.Persist,
            SelfTradePrevention.Decrement, 300, 9, "mm-000041"),
        Bet(0, BetSide.Back, A, 101, 100),
        new PlaceBatchWithBets(
        [
            new BatchItem(null, Bet(1, BetSide.Back, A, 101, 100)),
            new BatchItem(Venue.Order(2, Side.Sell, 300, 70_000, clientOrderId: "c1"), null),
        ]),
        new CancelBet(new AccountId(1), new OrderId(65_536), default, new Amount(200)),
        new CancelBet(new AccountId(1), default, Name, default),
        new CancelBets(default, One, new RunnerId(B), BetSide.Lay),
        new CancelBets(new AccountId(1), default, default, null),
        new BatchCancelBets(One, new AccountId(2), new RunnerId(A), new Timestamp(5), new Timestamp(300), 10_000),
        new VoidBettingTrades(One, [new TradeId(1), new TradeId(300)], default, 0),
        new VoidBettingTrades(One, [], new Timestamp(1_800_000_000_000_000), 100),
        Settlement(1_000_000, [(A, 500_000), (B, 500_000)], [3], 1_000),
        new VoidBettingMarket(One, 1, 255),
    ];

    public static IReadOnlyList<Action<EventBuffer>> Events { get; } =
    [
        b => b.On(new BettingMarketChanged(One, BettingMarketState.Voided, BettingPhase.InPlay, 8)),
        b => b.On(new RunnerChanged(One, new RunnerId(70_000), true)),
        b => b.On(new BetAccepted(
            new OrderId(8_812), new AccountId(1), Name, One, new RunnerId(B), BetSide.Lay, new Odds(150),
            new Amount(70_000), TimeInForce.FillOrKill, Persistence.Persist, new Timestamp(1_900_000_000_000_000))),
        b => b.On(new BetReleased(new OrderId(8_812), new AccountId(1), One)),
        b => b.On(new BetMatched(
            new TradeId(5_120), One, new OrderId(8_812), new OrderId(8_813), new AccountId(1), new AccountId(2),
            new RunnerId(A), new RunnerId(B), BetSide.Back, BetSide.Back, new Odds(300), new Amount(100_000),
            new Amount(200_000), new Amount(100_000), new Amount(200_000), new Amount(0))),
        b => b.On(new BetReduced(new OrderId(8_812), new AccountId(1), One, new Amount(300), new Amount(400))),
        b => b.On(new BetCanceled(
            new OrderId(8_812), new AccountId(1), One, new RunnerId(A), BetSide.Lay, new Odds(101), new Amount(50),
            StatusReason.Dust)),
        b => b.On(new BetTradeVoided(
            new TradeId(5_120), One, new AccountId(1), new AccountId(2), new Amount(100_000), new Amount(200_000))),
        b => b.On(new BettingPaid(One, new AccountId(1), new Amount(10), new Amount(29), new Amount(1))),
        b => b.On(new BettingBatchDone(One, BettingWork.Refund, 10_000, true)),
    ];

    /// <summary>The one event of betting that belongs to no market.</summary>
    public static Action<EventBuffer> Rejection { get; } = b => b.On(new BetRejected(
        new AccountId(1), default, One, new RunnerId(9), RejectReason.CancelRangeInvalid));

    public static IEnumerable<(string Name, byte[] Bytes)> Results()
    {
        var venue = Open();
        yield return Sent("betting market", Market("second", BettingBookType.MultiRunner, runners: 3), 0);
        yield return Sent("bet", Bet(1, BetSide.Back, A, 300, 100_000, clientOrderId: "b1"), 1);
        yield return Sent("bet with fill", Bet(2, BetSide.Back, B, 150, 300_000), 2);
        yield return Sent("bet canceled", new CancelBet(default, new OrderId(2), default, default), 2);
        yield return Sent(
            "betting market with work", new SetBettingState(One, BettingMarketState.Closed, false, 1, 0), 0);

        (string, byte[]) Sent(string name, object command, int user)
        {
            venue.Send(command, user);
            return ($"result {name}", venue.LastResult);
        }
    }

    /// <summary>Markets of both kinds with bets that rest, wait, are matched, void and closed, work under way and work
    /// that waits for it.</summary>
    public static byte[] Snapshot()
    {
        var venue = Open(commission: 200, delay: 5_000_000);
        venue.Accept(Market("many", BettingBookType.MultiRunner, runners: 3));
        venue.Place(Bet(1, BetSide.Back, A, 300, 100_000, persistence: Persistence.Persist, clientOrderId: "b1"));
        venue.Back(2, B, 150, 100_000);
        venue.Place(Bet(3, BetSide.Lay, 3, 250, 50_000, market: 2));
        venue.Place(Bet(1, BetSide.Back, 3, 250, 20_000, market: 2));
        venue.Place(Bet(1, BetSide.Back, 3, 250, 10_000, clientOrderId: "b2", market: 2));
        venue.Place(Bet(2, BetSide.Back, 3, 280, 10_000, market: 2));
        venue.Place(Bet(2, BetSide.Back, 3, 280, 10_000, market: 2));
        venue.Accept(new VoidBettingTrades(new BettingMarketId(2), [new TradeId(2)], default, 0));
        venue.GoInPlay();
        venue.Place(Bet(2, BetSide.Lay, A, 200, 30_000, clientOrderId: "b3"));
        venue.SetState(BettingMarketState.Closed, batch: 1, market: 2);
        venue.Accept(Settlement(2, [(1, 1), (3, 1)], [2], batch: 1, market: 2));
        Assert.True(venue.BettingMarket(2).IsBatchUnderWay);
        return venue.Snapshot();
    }
}
