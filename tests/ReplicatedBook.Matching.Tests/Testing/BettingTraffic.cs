using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.BettingVenue;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Random commands to several betting markets of both kinds, with some spot orders between them; all from the
/// seed.</summary>
internal sealed class BettingTraffic(int seed)
{
    public const int Accounts = 5;
    private const int MaxMarkets = 40;

    private readonly Random _random = new(seed);

    /// <summary>A venue with accounts that have funds of two assets, a spot instrument, and betting markets.</summary>
    public static Venue Open(ExchangeLimits? limits = null)
    {
        var venue = new Venue(limits);
        venue.Accept(new SetFeatureLevel(FeatureLevels.BettingMarkets));
        venue.Accept(new CreateAsset("EUR", 4));
        venue.Accept(new CreateAsset("CENT", 2));
        venue.Accept(new ListInstrument(
            "EUR-CENT", new AssetId(1), new AssetId(2), new DecimalSize(1, 2), new DecimalSize(1, 2), -5, 10));
        for (var account = 1; account <= Accounts; account++)
        {
            venue.Accept(new CreateAccount($"account {account}"), user: account);
            venue.Deposit(account, 1, 500L * One);
            venue.Deposit(account, 2, 5_000_000);
        }

        venue.Accept(Market("two", commission: 200, delay: 3_000));
        venue.Accept(Market("many", BettingBookType.MultiRunner, 137, 2_000, runners: 4));
        venue.Accept(Market("bounded", maxBet: 20 * One, maxAccount: 60 * One, commission: 500));
        venue.Accept(Market("cents", currency: 2, delay: 1_000));
        return venue;
    }

    /// <summary>The next command and who sends it.</summary>
    public (object Command, int User) Next(Exchange exchange)
    {
        var user = 1 + _random.Next(Accounts);
        var markets = exchange.BettingMarkets;
        var market = markets[_random.Next(Math.Max(0, markets.Count - 4), markets.Count)];
        var id = market.Id;
        var order = new OrderId(Math.Max(1, exchange.OpenBets(id).LastOrDefault()?.Id.Value ?? 1) - _random.Next(8));
        var batch = _random.Next(3) == 0 ? 0 : 1 + _random.Next(9);
        object command = _random.Next(1_000) switch
        {
            < 640 => Draw(user, market.Id, market.Currency.Id.Value, market.Runners.Count),
            < 740 => Venue.Order(
                user, (Side)_random.Next(2), 90 + _random.Next(20), 1 + _random.Next(50),
                (TimeInForce)_random.Next(3)),
            < 840 => new CancelBet(
                default, order, default, new Amount(_random.Next(3) == 0 ? 100 * _random.Next(9) : 0)),
            < 850 => new CancelBets(
                default, _random.Next(2) == 0 ? default : id, default, _random.Next(2) == 0 ? BetSide.Lay : null),
            < 860 => new BatchCancelBets(
                id, new AccountId(_random.Next(2) == 0 ? 0 : user), new RunnerId(_random.Next(3)), default, default,
                batch),
            < 890 => new SetBettingState(
                id, (BettingMarketState)_random.Next(2), _random.Next(2) == 0, batch, 0),
            < 892 => new SetBettingState(id, BettingMarketState.Closed, false, batch, 0),
            < 904 => new SetBettingPhase(
                id, market.Phase == BettingPhase.Pre && _random.Next(9) > 0 ? BettingPhase.AwaitingLive
                    : BettingPhase.InPlay, batch, 0),
            < 912 => new VoidBettingTrades(
                id, [new TradeId(exchange.BetTrades(id, default, 5).LastOrDefault()?.Id.Value ?? 1)], default, 0),
            < 914 => new VoidBettingTrades(
                id, [], new Timestamp(Math.Max(1, exchange.Now.Microseconds - _random.Next(20_000))), batch),
            < 940 => Settle(market.Id, market.Runners.Count, batch),
            < 942 => new VoidBettingMarket(id, batch, 0),
            < 950 => Change(id, batch),
            < 960 when markets.Count < MaxMarkets => Market(
                $"market {markets.Count}", (BettingBookType)(markets.Count % 2), _random.Next(1_000),
                _random.Next(3) * 1_500L),
            < 970 => new SetCancelAfter(new AccountId(user), _random.Next(2) * 1_000_000L),
            < 980 => new Deposit(new AccountId(user), new AssetId(1), new Amount(1 + _random.Next(One)), ""),
            < 985 => new Withdraw(new AccountId(user), new AssetId(1), new Amount(1 + _random.Next(One)), ""),
            _ => default(Tick),
        };
        return (command, user);
    }

    private PlaceBet Draw(int user, BettingMarketId market, int currency, int runners)
    {
        var timeInForce = (TimeInForce)(_random.Next(6) is var drawn and < 3 ? drawn : 0);
        var step = currency == 1 ? 1 + _random.Next(400) : 1 + _random.Next(5);
        var odds = _random.Next(8) == 0 ? _random.Next(350) : Math.Clamp(99 + _random.Next(-60, 80), 0, 349);
        return Bet(
            user, (BetSide)_random.Next(2), 1 + _random.Next(runners), OddsLadder.At(odds).Hundredths, 100L * step,
            timeInForce, (Persistence)_random.Next(2), (SelfTradePrevention)_random.Next(5),
            timeInForce == TimeInForce.FillOrKill ? _random.Next(2) * 100 : 0,
            clientOrderId: _random.Next(5) == 0 ? $"b{_random.Next(500)}" : "", market: market.Value);
    }

    private ChangeRunners Change(BettingMarketId market, int batch)
    {
        var isRemoval = _random.Next(3) == 0;
        var runner = new RunnerId(1 + _random.Next(8));
        return new ChangeRunners(
            market, isRemoval ? [] : [new RunnerName(runner, "late")], isRemoval ? [runner] : [], batch, 0);
    }

    private SettleBettingMarket Settle(BettingMarketId market, int runners, int batch)
    {
        var winner = 1 + _random.Next(runners);
        var other = 1 + (winner % runners);
        return _random.Next(4) switch
        {
            0 when runners > 2 => Settlement(
                3, [(winner, 1), (other, 2)], [1 + (other % runners)], batch, market.Value),
            1 => Settlement(2, [(winner, 1), (other, 1)], [], batch, market.Value),
            2 when runners > 2 => Settlement(1, [(winner, 1), (other, 1)], [], batch, market.Value),
            _ => Settlement(1, [(winner, 1)], [], batch, market.Value),
        };
    }
}
