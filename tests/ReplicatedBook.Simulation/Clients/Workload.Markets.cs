using System.Globalization;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation.Clients;

/// <content>Prediction and betting markets: clients create them, trade in them, and bring them to an end, some of it in
/// batches so small that they take many entries. Much of it comes too late or too early and is refused, as that of
/// users is.</content>
internal sealed partial class Workload
{
    private const int MaxMarkets = 40;
    private const int StakeStep = 100; // Of a currency of two digits.

    private static readonly int[] Odds = [150, 180, 200, 300];

    /// <summary>One request of a client in a market of outcomes or of bets.</summary>
    /// <param name="number">Of the operation, from 1.</param>
    /// <param name="level">What every node can carry out: prediction markets at least.</param>
    /// <param name="market">Which markets are known.</param>
    /// <param name="now">In microseconds of cluster time.</param>
    /// <param name="deadline">In microseconds of cluster time; 0 for none.</param>
    /// <param name="chance">Decides what it is.</param>
    public ClientRequest MarketTrading(
        int number, int level, Market market, long now, long deadline, RandomStream chance)
    {
        _now = now;
        var group = NewGroup("o", number, deadline);
        return level >= FeatureLevels.BettingMarkets && chance.Chance(600)
            ? Betting(group, number, market.BettingMarkets, chance)
            : Predicting(group, number, market.PredictionMarkets, chance);
    }

    private ClientRequest Predicting(RequestGroup group, int number, int known, RandomStream chance)
    {
        if (known == 0 || (known < MaxMarkets && chance.Chance(60)))
        {
            var created = new CreatePredictionMarket(
                string.Create(CultureInfo.InvariantCulture, $"e{client}-{number}"), "event", Quote,
                new DecimalSize(1, Scale), ShareScale: 0, MakerFeeBps: 3, TakerFeeBps: 11, default,
                [new OutcomeDefinition("YES", "Yes"), new OutcomeDefinition("NO", "No")]);
            return Make(group, (destination, header) => CommandCodec.Write(destination, header, created));
        }

        var id = Recent(known, chance);
        var market = new PredictionMarketId(id);
        var lots = new Quantity(chance.Between(1, 20));
        return chance.Number(0, 99) switch
        {
            < 64 => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, DrawOutcomeOrder(number, id, chance))),
            < 78 => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new SplitSet(Account, market, lots))),
            < 86 => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new MergeSet(Account, market, lots))),
            < 89 => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new CancelOrders(Account, OutcomeOf(id, chance), null))),
            < 97 => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new SetPredictionMarketStatus(
                    market, chance.Chance(150) ? PredictionMarketStatus.Paused : PredictionMarketStatus.Active, 0))),
            < 98 => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new SetPredictionMarketStatus(market, PredictionMarketStatus.Closed, 0))),
            < 99 when chance.Chance(500) => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new VoidPredictionMarket(market, 0))),
            _ => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, chance.Chance(700)
                    ? new ResolvePredictionMarket(market, chance.Chance(500) ? "YES" : "NO", [], 0)
                    : new ResolvePredictionMarket(market, "", [1, chance.Between(1, 3)], 0))),
        };
    }

    private ClientRequest Betting(RequestGroup group, int number, int known, RandomStream chance)
    {
        if (known == 0 || (known < MaxMarkets && chance.Chance(60)))
        {
            return CreateBetting(group, number, chance);
        }

        var market = new BettingMarketId(Recent(known, chance));
        var batch = chance.Number(1, 2);
        return chance.Number(0, 99) switch
        {
            < 60 => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, DrawBet(OrderName(number, 0), market, chance))),
            < 64 => BetSome(group, number, market, chance),
            < 68 => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new CancelBet(Account, default, Earlier(number, chance), default))),
            < 70 => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new CancelBets(Account, market, default, null))),
            < 78 => Lead(group, market, batch, chance),
            < 86 => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new BatchCancelBets(
                    market, default, new RunnerId(chance.Number(0, 2)), default, default, batch))),
            < 89 => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new VoidBettingTrades(
                    market, [], new Timestamp(chance.Between(1, _now + 1)), batch))),
            < 92 => Make(group, (destination, header) => CommandCodec.Write(destination, header, new ChangeRunners(
                market, chance.Chance(500) ? [new RunnerName(new RunnerId(chance.Number(4, 6)), "late")] : [],
                chance.Chance(500) ? [new RunnerId(chance.Number(3, 6))] : [], batch, 0))),
            < 93 => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new VoidBettingMarket(market, batch, 0))),
            _ => Make(group, (destination, header) => CommandCodec.Write(destination, header, new SettleBettingMarket(
                market, 2,
                chance.Chance(700)
                    ? [new RunnerPayout(new RunnerId(chance.Number(1, 2)), 2)]
                    : [new RunnerPayout(new RunnerId(1), 1), new RunnerPayout(new RunnerId(2), 1)],
                [], batch, 0))),
        };
    }

    private ClientRequest CreateBetting(RequestGroup group, int number, RandomStream chance)
    {
        var isTwo = chance.Chance(500);
        var created = new CreateBettingMarket(
            string.Create(CultureInfo.InvariantCulture, $"b{client}-{number}"),
            isTwo ? BettingBookType.TwoRunner : BettingBookType.MultiRunner, IsInPlayCapable: true, Quote, 200,
            BetDelay: chance.Number(0, 1) * 500_000, default, default,
            [.. Enumerable.Range(1, isTwo ? 2 : 3).Select(id => new RunnerName(new RunnerId(id), "runner"))]);
        return Make(group, (destination, header) => CommandCodec.Write(destination, header, created));
    }

    /// <summary>The next state or phase.</summary>
    private static ClientRequest Lead(RequestGroup group, BettingMarketId market, int batch, RandomStream chance)
    {
        if (chance.Chance(250))
        {
            var phase = chance.Chance(500) ? BettingPhase.AwaitingLive : BettingPhase.InPlay;
            return Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new SetBettingPhase(market, phase, batch, 0)));
        }

        var state = chance.Number(0, 9) switch
        {
            < 7 => BettingMarketState.Open,
            < 9 => BettingMarketState.Suspended,
            _ => BettingMarketState.Closed,
        };
        return Make(group, (destination, header) => CommandCodec.Write(
            destination, header, new SetBettingState(market, state, chance.Chance(500), batch, 0)));
    }

    private ClientRequest BetSome(RequestGroup group, int number, BettingMarketId market, RandomStream chance)
    {
        var items = new List<BatchItem>();
        for (var i = (int)chance.Skewed(1, Math.Min(maxBatch, 8)); i > 0; i--)
        {
            items.Add(chance.Chance(700)
                ? new BatchItem(null, DrawBet(OrderName(number, i), market, chance))
                : new BatchItem(DrawOrder(OrderName(number, i), chance), null));
        }

        return Make(group, (destination, header) => CommandCodec.Write(
            destination, header, new PlaceBatchWithBets(items)));
    }

    private PlaceBet DrawBet(ClientOrderId name, BettingMarketId market, RandomStream chance)
    {
        var lifetime = chance.Number(0, 5) switch
        {
            0 => TimeInForce.ImmediateOrCancel,
            1 => TimeInForce.FillOrKill,
            _ => TimeInForce.GoodTilCanceled,
        };
        return new PlaceBet(
            Account, name, market, new RunnerId(chance.Chance(900) ? chance.Number(1, 2) : 3),
            (BetSide)chance.Number(0, 1), new Odds(Odds[chance.Position(Odds.Length)]),
            new Amount(StakeStep * chance.Between(1, 20)), lifetime,
            (Persistence)chance.Number(0, 1), (SelfTradePrevention)chance.Number(0, 4), default, 0);
    }

    /// <summary>Both outcomes near the middle, so that orders on either meet those on the other.</summary>
    private PlaceOrder DrawOutcomeOrder(int number, int market, RandomStream chance) => new(
        Account, OrderName(number, 0), OutcomeOf(market, chance), chance.Chance(600) ? Side.Buy : Side.Sell,
        OrderType.Limit, new Price(chance.Between(48, 52)), new Quantity(chance.Between(1, 20)),
        (TimeInForce)chance.Number(0, 2), false, (SelfTradePrevention)chance.Number(0, 4));

    /// <summary>All markets have two outcomes, and before the first of them there was one instrument.</summary>
    private static InstrumentId OutcomeOf(int market, RandomStream chance) =>
        new(Instrument.Value + (2 * (market - 1)) + chance.Number(1, 2));

    /// <summary>Mostly the newest: the older ones are often at their end.</summary>
    private static int Recent(int known, RandomStream chance) =>
        Math.Max(1, known - (chance.Chance(700) ? 0 : chance.Number(1, 2)));

    private static ClientOrderId Earlier(int number, RandomStream chance) =>
        OrderName((int)chance.Between(Math.Max(1, number - 40), number), 0);
}
