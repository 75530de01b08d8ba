using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>A venue with one market of two outcomes and a spot instrument. A share pays 100 units in 100 ticks, so that
/// a tick of a lot is a unit.</summary>
internal sealed class MarketVenue
{
    public const int Yes = 2; // Instruments; 1 is spot.
    public const int No = 3;
    public const int YesShares = 3; // Assets; 1 and 2 are those of spot.
    public const int NoShares = 4;
    public const int Dollars = Venue.Quote;

    public static readonly PredictionMarketId Market = new(1);

    public MarketVenue(
        int accounts = 4, long funds = 1_000_000, int makerFee = 0, int takerFee = 0, ExchangeLimits? limits = null)
    {
        Venue = Venue.Trading(accounts, funds, quoteScale: 2, limits: limits);
        Venue.Accept(new SetFeatureLevel(FeatureLevels.PredictionMarkets));
        Create(Binary("rain") with { MakerFeeBps = makerFee, TakerFeeBps = takerFee });
        Venue.Events.Clear();
    }

    public Venue Venue { get; }

    public PredictionMarketView View => Venue.Exchange.FindPredictionMarket(Market)!;

    public static CreatePredictionMarket Binary(string id) => new(
        id, "Will it rain?", new AssetId(Dollars), new DecimalSize(1, 2), 0, 0, 0, default,
        [new OutcomeDefinition("YES", "Yes"), new OutcomeDefinition("NO", "No")]);

    public static CreatePredictionMarket Categorical(string id, int outcomes = 3) => Binary(id) with
    {
        Title = "Who wins?",
        Outcomes = [.. Enumerable.Range(0, outcomes).Select(i => new OutcomeDefinition($"o{i}", $"Outcome {i}"))],
    };

    public PredictionMarketView Create(CreatePredictionMarket command) => Venue.Accept(command).PredictionMarket!;

    public CommandOutcome Buy(int account, int instrument, long price, long lots) =>
        Venue.Place(account, Side.Buy, price, lots, instrument: instrument);

    public CommandOutcome Sell(int account, int instrument, long price, long lots) =>
        Venue.Place(account, Side.Sell, price, lots, instrument: instrument);

    public CommandOutcome Split(int account, long lots) =>
        Venue.Send(new SplitSet(new AccountId(account), Market, new Quantity(lots)), account);

    public CommandOutcome Merge(int account, long lots) =>
        Venue.Send(new MergeSet(new AccountId(account), Market, new Quantity(lots)), account);

    public CommandOutcome Resolve(string winner) =>
        Venue.Send(new ResolvePredictionMarket(Market, winner, [], 0));

    public CommandOutcome Resolve(params long[] payouts) =>
        Venue.Send(new ResolvePredictionMarket(Market, "", payouts, 0));

    public CommandOutcome Set(PredictionMarketStatus status) =>
        Venue.Send(new SetPredictionMarketStatus(Market, status, 0));

    public long Total(int account, int asset)
    {
        var (available, reserved) = Venue.Balance(account, asset);
        return available + reserved;
    }

    /// <summary>Dollars, yes and no shares, whatever is reserved included.</summary>
    public (long Dollars, long Yes, long No) Has(int account) =>
        (Total(account, Dollars), Total(account, YesShares), Total(account, NoShares));

    public PositionView Position(int account, int outcome) =>
        Venue.Exchange.Positions(new AccountId(account))!.Single(p => p.Market == Market && p.Outcome == outcome);
}
