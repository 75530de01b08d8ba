using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>Commands of all kinds, drawn from a seed, for markets of both kinds with fees and a spot instrument beside
/// them: orders of all types, sets, and the whole life of markets.</summary>
/// <param name="seed">Equal seeds give equal commands.</param>
internal sealed class MarketTraffic(int seed)
{
    public const int Accounts = 6;
    private const int MaxLiving = 4;
    private const int Spot = 1;

    private readonly Random _random = new(seed);

    /// <summary>A venue with funds, spot, and two markets.</summary>
    public static Venue Open(ExchangeLimits? limits = null)
    {
        var venue = Venue.Trading(
            Accounts, funds: 300_000, makerFee: -1, takerFee: 4, quoteScale: 2, limits: limits);
        venue.Accept(new SetFeatureLevel(FeatureLevels.PredictionMarkets));
        venue.Accept(MarketVenue.Binary("m0") with { MakerFeeBps = 3, TakerFeeBps = 11 });
        venue.Accept(MarketVenue.Categorical("m1", 4) with { TakerFeeBps = 50 });
        return venue;
    }

    /// <summary>The next command and who sends it.</summary>
    public (object Command, int User) Next(Venue venue)
    {
        var account = _random.Next(1, Accounts + 1);
        var open = venue.Exchange.OpenOrders(new AccountId(account));
        var order = open.Count == 0 || _random.Next(5) == 0
            ? _random.Next(1, 2_000)
            : open[_random.Next(open.Count)].Id.Value;
        return (Draw(venue, account, order), account);
    }

    private object Draw(Venue venue, int account, long order) => _random.Next(1_000) switch
    {
        < 560 => Order(venue, account),
        < 600 => new PlaceBatch([.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Order(venue, account))])
        {
            IsAtomic = _random.Next(2) == 0,
        },
        < 680 => new CancelOrder(default, new OrderId(order), default),
        < 760 => new AmendOrder(
            default, new OrderId(order), new Price(_random.Next(2) * Price()), new Quantity(_random.Next(2) * Lots()),
            default),
        < 840 => new SplitSet(default, Market(venue), new Quantity(_random.Next(1, 60))),
        < 900 => new MergeSet(default, Market(venue), new Quantity(_random.Next(1, 40))),
        < 915 => new CancelOrders(default, Instrument(venue), _random.Next(3) == 0 ? Side.Sell : null),
        < 935 => new Deposit(new AccountId(account), new AssetId(_random.Next(1, 5)), new Amount(Lots() * 100), ""),
        < 950 => new Withdraw(new AccountId(account), new AssetId(_random.Next(1, 5)), new Amount(Lots() * 100), ""),
        < 955 => new SetCancelAfter(default, SetCancelAfter.MinTimeout),
        < 960 => default(Tick),
        < 975 => new SetPredictionMarketStatus(
            Market(venue),
            _random.Next(5) != 0 ? PredictionMarketStatus.Active : (PredictionMarketStatus)_random.Next(0, 5), 0),
        < 979 => new UpdateInstrument(Instrument(venue), _random.Next(0, 9), _random.Next(0, 60), 0),
        < 981 => new UpdatePredictionMarket(
            Market(venue), "Changed", null, null, new Timestamp(venue.Time + _random.Next(1, 3_000_000)), 0),
        < 984 => Resolution(venue),
        < 985 => new VoidPredictionMarket(Market(venue), 0),
        < 988 => new DeletePredictionMarket(Market(venue), 0),
        _ => Creation(venue),
    };

    private object Creation(Venue venue)
    {
        var (count, open) = (venue.Exchange.Assets.Count, Living(venue).Count);
        var isTaken = open >= MaxLiving || _random.Next(10) == 0;
        var name = isTaken ? "m0" : $"m{count}";
        var market = _random.Next(2) == 0
            ? MarketVenue.Binary(name)
            : MarketVenue.Categorical(name, _random.Next(3, 6));
        return market with
        {
            MakerFeeBps = _random.Next(5),
            TakerFeeBps = _random.Next(30),
            IsPending = _random.Next(4) == 0,
            Collateral = new AssetId(_random.Next(8) == 0 ? count : MarketVenue.Dollars),
        };
    }

    private object Resolution(Venue venue)
    {
        var market = Market(venue);
        var outcomes = venue.Exchange.FindPredictionMarket(market)?.Outcomes.Count ?? 2;
        return _random.Next(2) == 0
            ? new ResolvePredictionMarket(market, outcomes == 2 ? "YES" : "o1", [], 0)
            : new ResolvePredictionMarket(
                market, "", [.. Enumerable.Range(0, outcomes).Select(_ => (long)_random.Next(4))], 0);
    }

    private static List<PredictionMarketId> Living(Venue venue) =>
    [
        .. venue.Exchange.PredictionMarkets.Where(market => market.Status <= PredictionMarketStatus.Closed)
            .Select(market => market.Id),
    ];

    private PredictionMarketId Market(Venue venue)
    {
        var living = Living(venue);
        return living.Count == 0 || _random.Next(30) == 0
            ? new PredictionMarketId(_random.Next(venue.Exchange.PredictionMarkets.Count + 2))
            : living[_random.Next(living.Count)];
    }

    private InstrumentId Instrument(Venue venue)
    {
        if (_random.Next(4) == 0)
        {
            return new InstrumentId(Spot);
        }

        var outcomes = venue.Exchange.FindPredictionMarket(Market(venue))?.Outcomes;
        return outcomes is null ? default : outcomes[_random.Next(outcomes.Count)].Instrument;
    }

    private long Price() => _random.Next(12) == 0 ? _random.Next(0, 103) : _random.Next(40, 61);

    private long Lots() => _random.Next(1, 25);

    private PlaceOrder Order(Venue venue, int account)
    {
        var order = Venue.Order(
            account, (Side)_random.Next(2), Price(), Lots(), (TimeInForce)_random.Next(3), _random.Next(9) == 0,
            (SelfTradePrevention)_random.Next(5), instrument: Instrument(venue).Value);
        if (order.IsPostOnly || _random.Next(2) == 0)
        {
            order = order with { TimeInForce = TimeInForce.GoodTilCanceled };
        }

        return _random.Next(20) switch
        {
            0 => order with { Type = OrderType.Market, LimitPrice = default, IsPostOnly = false },
            1 => order with { Type = OrderType.Market, IsPostOnly = false },
            2 => order with
            {
                Type = OrderType.Market,
                Side = Side.Buy,
                Quantity = default,
                QuoteQuantity = new Amount(_random.Next(1, 2_000)),
                TimeInForce = TimeInForce.ImmediateOrCancel,
                IsPostOnly = false,
            },
            3 => order with
            {
                Type = OrderType.Stop,
                LimitPrice = default,
                StopPrice = new Price(Price() + 1),
                IsPostOnly = false,
            },
            4 => order with
            {
                Type = OrderType.StopLimit,
                StopPrice = new Price(Price() + 1),
                TimeInForce = TimeInForce.GoodTilCanceled,
                IsPostOnly = false,
            },
            5 or 6 => order with
            {
                TimeInForce = TimeInForce.GoodTilDate,
                ExpiresAt = new Timestamp(venue.Time + _random.Next(1, 200_000)),
            },
            7 => order with
            {
                TimeInForce = TimeInForce.GoodTilCanceled,
                DisplayQuantity = new Quantity(_random.Next(1, 6)),
            },
            _ => order,
        };
    }
}
