using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>A venue with betting markets and a short way to bet. Amounts are units of a currency of four
/// digits.</summary>
internal static class BettingVenue
{
    public const int Currency = 1;
    public const int One = 10_000; // Units of one of the currency.
    public const int A = 1;
    public const int B = 2;

    /// <summary>Accounts 1 to <paramref name="accounts"/> of the users of the same number, each with funds in
    /// EUR, and one market of the runners <see cref="A"/> and <see cref="B"/>.</summary>
    public static Venue Open(
        BettingBookType bookType = BettingBookType.TwoRunner, int accounts = 3, long funds = 1_000L * One,
        int commission = 0, long delay = 0, long maxBet = 0, long maxAccount = 0, bool inPlay = true,
        int runners = 2, ExchangeLimits? limits = null)
    {
        var venue = new Venue(limits);
        venue.Accept(new SetFeatureLevel(FeatureLevels.BettingMarkets));
        venue.Accept(new CreateAsset("EUR", 4));
        for (var account = 1; account <= accounts; account++)
        {
            venue.Accept(new CreateAccount($"account {account}"), user: account);
            venue.Deposit(account, Currency, funds);
        }

        venue.Accept(Market("match", bookType, commission, delay, maxBet, maxAccount, inPlay, runners));
        venue.Events.Clear();
        return venue;
    }

    public static CreateBettingMarket Market(
        string name, BettingBookType bookType = BettingBookType.TwoRunner, int commission = 0, long delay = 0,
        long maxBet = 0, long maxAccount = 0, bool inPlay = true, int runners = 2, int currency = Currency) => new(
            name, bookType, inPlay, new AssetId(currency), commission, delay, new Amount(maxBet),
            new Amount(maxAccount),
            [.. Enumerable.Range(1, runners).Select(id => new RunnerName(new RunnerId(id), $"runner {id}"))]);

    public static PlaceBet Bet(
        int account, BetSide side, int runner, int odds, long stake,
        TimeInForce timeInForce = TimeInForce.GoodTilCanceled, Persistence persistence = Persistence.Lapse,
        SelfTradePrevention stp = SelfTradePrevention.CancelTaker, long minFill = 0, long version = 0,
        string clientOrderId = "", int market = 1)
    {
        Assert.True(ClientOrderId.TryCreate(clientOrderId, out var id));
        return new PlaceBet(
            new AccountId(account), id, new BettingMarketId(market), new RunnerId(runner), side, new Odds(odds),
            new Amount(stake), timeInForce, persistence, stp, new Amount(minFill), version);
    }

    public static CommandOutcome Place(this Venue venue, PlaceBet bet) => venue.Send(bet, (int)bet.Account.Value);

    public static CommandOutcome Back(this Venue venue, int account, int runner, int odds, long stake) =>
        venue.Place(Bet(account, BetSide.Back, runner, odds, stake));

    public static CommandOutcome Lay(this Venue venue, int account, int runner, int odds, long stake) =>
        venue.Place(Bet(account, BetSide.Lay, runner, odds, stake));

    public static CommandOutcome CancelBet(this Venue venue, int account, long bet, long reduction = 0) =>
        venue.Send(new CancelBet(new AccountId(account), new OrderId(bet), default, new Amount(reduction)), account);

    public static CommandOutcome SetState(
        this Venue venue, BettingMarketState state, bool lapse = false, int batch = 0, int market = 1) =>
        venue.Send(new SetBettingState(new BettingMarketId(market), state, lapse, batch, 0));

    public static CommandOutcome SetPhase(this Venue venue, BettingPhase phase, int batch = 0, int market = 1) =>
        venue.Send(new SetBettingPhase(new BettingMarketId(market), phase, batch, 0));

    public static CommandOutcome Settle(this Venue venue, int winner, int batch = 0, int market = 1) =>
        venue.Send(Settlement(1, [(winner, 1)], [], batch, market));

    public static SettleBettingMarket Settlement(
        long denominator, (int Runner, long Numerator)[] payouts, int[] voids, int batch = 0, int market = 1) => new(
            new BettingMarketId(market), denominator,
            [.. payouts.Select(p => new RunnerPayout(new RunnerId(p.Runner), p.Numerator))],
            [.. voids.Select(runner => new RunnerId(runner))], batch, 0);

    public static void GoInPlay(this Venue venue)
    {
        Assert.Equal(RejectReason.None, venue.SetPhase(BettingPhase.AwaitingLive).Reason);
        Assert.Equal(RejectReason.None, venue.SetPhase(BettingPhase.InPlay).Reason);
    }

    public static BettingMarketView BettingMarket(this Venue venue, int market = 1) =>
        venue.Exchange.FindBettingMarket(new BettingMarketId(market))!;

    public static long Funds(this Venue venue, int account) => venue.Balance(account, Currency).Available;

    /// <summary>What an account would win, by runner.</summary>
    public static long[] IfWin(this Venue venue, int account) =>
        [.. venue.Exchange.Exposure(new AccountId(account)).Select(exposure => exposure.IfWin.Units)];
}
