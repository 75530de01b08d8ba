using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Commands of all kinds whose numbers stand near zero, near powers of two and near the ends of 64 bits, for a
/// market that <see cref="Market"/> sets up.</summary>
/// <param name="seed">Equal seeds give equal commands.</param>
internal sealed class NearLimits(int seed)
{
    private const int Accounts = 4;
    private const int Instruments = 5;

    private readonly Random _random = new(seed);
    private readonly Venue _writer = new();

    /// <summary>A populated venue: account 1 holds nearly all there can be, account 2 little, account 3 nothing, and
    /// account 4 is the first user's second; of five instruments one has fees, one values a million times finer than a
    /// unit, one is halted, and from the level on that knows them the last has rules.</summary>
    /// <param name="level">Feature level.</param>
    public static Venue Market(int level)
    {
        var venue = Venue.Trading(
            accounts: 3, funds: 0, limits: new ExchangeLimits
            {
                MaxOpenOrders = 24,
                MaxOpenOrdersPerAccount = 11,
                MaxClosedOrders = 40,
                MaxTrades = 40,
                MaxRequestKeys = 6,
                MinRequestKeyAge = 1_000,
                MaxAccounts = 6,
                MaxAssets = 6,
                MaxInstruments = 6,
            });
        var one = new DecimalSize(1, 0);
        venue.Accept(new ListInstrument("fees", new AssetId(1), new AssetId(2), one, one, 25, 75));
        venue.Accept(new ListInstrument("fine", new AssetId(1), new AssetId(2), new DecimalSize(1, 6), one, -5, 5));
        venue.Accept(new ListInstrument("halted", new AssetId(1), new AssetId(2), one, one, 0, 0));
        venue.Accept(new ListInstrument("rules", new AssetId(1), new AssetId(2), one, one, 0, 10));
        venue.Accept(new CreateAccount("second"), user: 1);
        foreach (var asset in new[] { Venue.Base, Venue.Quote })
        {
            venue.Deposit(1, asset, long.MaxValue - 2_000);
            venue.Deposit(2, asset, 1_000);
        }

        foreach (var side in new[] { Side.Buy, Side.Sell })
        {
            for (var i = 0; i < 5; i++)
            {
                venue.Place(1, side, side.Behind(1 + i), 3, instrument: 1 + (i % 3), clientOrderId: $"{side}-{i}");
                venue.Place(2, side, side.Behind(2), 1, instrument: 2);
            }
        }

        venue.Place(1, Side.Sell, long.MaxValue / 4, 2, clientOrderId: "highest");
        venue.Place(2, Side.Buy, 98, 2, clientOrderId: "filled");
        venue.Place(2, Side.Sell, 50, 1, stp: SelfTradePrevention.None);
        venue.Cancel(2, venue.Place(2, Side.Buy, 1, 1, clientOrderId: "canceled").Order!);
        venue.Accept(new SetInstrumentStatus(new InstrumentId(4), InstrumentStatus.Halted, false, 0));
        if (level >= FeatureLevels.OrderOptions)
        {
            venue.Accept(new SetFeatureLevel(level));
            venue.Place(1, Side.Sell, 100, 1, instrument: 5);
            venue.Place(2, Side.Buy, 100, 1, instrument: 5);
            venue.Accept(new UpdateInstrument(new InstrumentId(5), 0, 10, 0) { Rules = new OrderRules(95, 50, 500) });
        }

        return venue;
    }

    /// <summary>The next command as it is said, and who sends it.</summary>
    /// <param name="lastOrder">Some orders are named from 1 to about this.</param>
    public (object Command, int User, string Key, long Deadline) Next(long lastOrder)
    {
        var key = _random.Next(12) == 0 ? $"key-{_random.Next(9)}" : "";
        var deadline = _random.Next(12) == 0 ? Number() : 0;
        return (Draw(lastOrder), _random.Next(8) == 0 ? 77 : _random.Next(1, Accounts), key, deadline);
    }

    public byte[] Bytes((object Command, int User, string Key, long Deadline) next) =>
        _writer.Bytes(next.Command, next.User, next.Key, next.Deadline);

    private object Draw(long lastOrder)
    {
        var account = new AccountId(Often(_random.Next(0, Accounts + 1)));
        var asset = new AssetId((int)Often(_random.Next(1, 3)));
        var instrument = new InstrumentId((int)Often(_random.Next(1, Instruments + 1)));
        var order = new OrderId(Often(_random.NextInt64(1, lastOrder + 2)));
        return _random.Next(100) switch
        {
            < 50 => Order(account, instrument),
            < 60 => new AmendOrder(
                account, order, new Price(_random.Next(2) * Number()), new Quantity(_random.Next(2) * Number()),
                new Quantity(_random.Next(4) == 0 ? Number() : 0)),
            < 66 => new CancelOrder(account, order, default),
            < 70 => new CancelOrders(account, instrument, Side.Sell),
            < 75 => new PlaceBatch([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Order(account, instrument))])
            {
                IsAtomic = _random.Next(2) == 0,
            },
            < 76 => new SetCancelAfter(account, _random.Next(2) == 0 ? Number() : _random.Next(1_000_000, 3_000_000)),
            < 80 => new Deposit(account, asset, new Amount(Number()), ""),
            < 86 => new Withdraw(account, asset, new Amount(Number()), ""),
            < 89 => new CreateAsset($"A{_random.Next(9)}", (int)Number()),
            < 90 => new CreateAccount("third"),
            < 94 => new ListInstrument(
                $"I{_random.Next(9)}", asset, new AssetId(Venue.Quote), new DecimalSize(Number(), (int)Number()),
                new DecimalSize(Number(), (int)Number()), (int)Number(), (int)Number()),
            < 97 => new UpdateInstrument(
                instrument, (int)Often(-5), (int)Often(5), _random.Next(4) == 0 ? Number() : 0)
            {
                Rules = _random.Next(2) == 0 ? null : new OrderRules(Number(), Number(), (int)Often(500)),
            },
            _ => new SetInstrumentStatus(
                instrument, (InstrumentStatus)_random.Next(4), _random.Next(4) == 0, _random.Next(2) * Number()),
        };
    }

    private PlaceOrder Order(AccountId account, InstrumentId instrument)
    {
        var type = _random.Next(8) == 0 ? OrderType.Market : OrderType.Limit;
        var names = new[] { "highest", "filled", "canceled", "Buy-1", "new" };
        var (price, lots) = _random.Next(4) switch
        {
            0 => (Number(), Number()),
            1 => (Number(), _random.Next(1, 4)),
            2 => (_random.Next(90, 111), Number()),
            _ => (_random.Next(90, 111), _random.Next(1, 4)), // Most of these are taken.
        };
        var order = Venue.Order(
            0, (Side)_random.Next(2), type == OrderType.Market ? 0 : price, lots,
            (TimeInForce)Math.Max(0, _random.Next(-3, 3)), _random.Next(6) == 0, (SelfTradePrevention)_random.Next(5),
            _random.Next(8) == 0 ? names[_random.Next(names.Length)] : "", type);
        order = order with { Account = account, Instrument = instrument };
        return _random.Next(4) == 0 ? WithOptions(order) : order;
    }

    /// <summary>Mostly options that go with the rest of the order.</summary>
    private PlaceOrder WithOptions(PlaceOrder order)
    {
        var limit = order with { Type = OrderType.Limit, TimeInForce = TimeInForce.GoodTilCanceled };
        return _random.Next(8) switch
        {
            0 => limit with { DisplayQuantity = new Quantity(Number()) },
            1 => limit with { DisplayQuantity = new Quantity(Math.Max(1, order.Quantity.Lots / _random.Next(1, 150))) },
            2 => limit with { TimeInForce = TimeInForce.GoodTilDate, ExpiresAt = new Timestamp(Number()) },
            3 => limit with
            {
                TimeInForce = TimeInForce.GoodTilDate,
                ExpiresAt = new Timestamp(1_000_000 + _random.Next(4_000)),
            },
            4 => limit with { Type = OrderType.Stop, StopPrice = new Price(Number()), IsPostOnly = false },
            5 => limit with { Type = OrderType.StopLimit, StopPrice = new Price(Number()), IsPostOnly = false },
            6 => limit with { Type = OrderType.Market, IsPostOnly = false }, // Its limit protects it.
            _ => limit with
            {
                Side = Side.Buy,
                Type = OrderType.Market,
                Quantity = default,
                QuoteQuantity = new Amount(Number()),
                IsPostOnly = false,
            },
        };
    }

    private long Often(long usual) => _random.Next(10) == 0 ? Number() : usual;

    private long Number()
    {
        var near = _random.Next(-2, 3);
        return _random.Next(7) switch
        {
            0 => near,
            1 => long.MaxValue - Math.Abs(near),
            2 => long.MinValue + Math.Abs(near),
            3 => (1L << _random.Next(63)) + near,
            4 => -(1L << _random.Next(63)) + near,
            5 => 3_037_000_499 + near, // The root of 2^63: its square is the last that fits.
            _ => _random.Next(90, 111),
        };
    }
}
