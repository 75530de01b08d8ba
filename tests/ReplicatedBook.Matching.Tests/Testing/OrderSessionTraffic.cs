using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.OrderSessionVenue;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Random commands of all kinds that meet sessions of orders: they are opened, closed, renewed or left to
/// lapse on nodes that come and go; orders and bets of all forms are placed in them and outside of them, traded,
/// amended and canceled; users are disabled, markets suspended and closed. All from the seed.</summary>
internal sealed class OrderSessionTraffic(int seed)
{
    public const int Accounts = 5;
    private const int Nodes = 4;
    private const int Incarnations = 3;

    private readonly Random _random = new(seed);

    /// <summary>Limits that are reached within a run.</summary>
    public static ExchangeLimits Limits { get; } = new()
    {
        MaxOrderSessions = 8,
        MaxOrderSessionsPerUser = 3,
        MaxOpenOrdersPerAccount = 40,
        MaxClosedOrders = 300,
        MaxClosedOrdersPerAccount = 200,
        MaxTrades = 300,
        MaxAuditRecords = 64,
    };

    /// <summary>An empty market with some users.</summary>
    public static Venue Open() => OrderSessionVenue.Open(Accounts, Limits);

    /// <summary>How much later the next command comes, in microseconds: now and then a lease ends.</summary>
    public long Pause() => _random.Next(60) == 0 ? 2_500_000 : _random.Next(100_000);

    /// <summary>The next command and who sends it.</summary>
    public (object Command, int User) Next(Exchange exchange)
    {
        var user = 1 + _random.Next(Accounts);
        object command = _random.Next(1_000) switch
        {
            < 60 => new OpenOrderSession(Node(), Incarnation(), Lease - 1_000_000, _random.Next(3) * 1_000_000L),
            < 62 => new OpenOrderSession(Node(), 1, _random.Next(2) * 61_000_000L, _random.Next(2) * 60_000_001L),
            < 85 => new CloseOrderSession(AnySession(exchange, ref user)),
            < 160 => new RenewOrderSessions(Node(), Incarnation()),
            < 480 => Order(user) with { Session = AnySession(exchange, ref user) },
            < 540 => Order(user),
            < 640 => Bet(user) with { Session = AnySession(exchange, ref user) },
            < 660 => Bet(user),
            < 690 => Batch(exchange, ref user),
            < 700 => Mixed(exchange, ref user),
            < 760 => new AmendOrder(
                default, new OrderId(AnyOrder(exchange, user)), new Price(85 + _random.Next(30)),
                new Quantity(_random.Next(60)), default),
            < 830 => new CancelOrder(default, new OrderId(AnyOrder(exchange, user)), default),
            < 840 => new CancelOrders(new AccountId(user), default, null),
            < 850 => new CancelBets(new AccountId(user), default, default, null),
            < 860 => new SetCancelAfter(new AccountId(user), _random.Next(2) * 1_000_000L),
            < 880 => new UpdateUser(new UserId(2 + _random.Next(Accounts - 1)), null, _random.Next(3) == 0, 0),
            < 900 => new SetBettingState(
                new BettingMarketId(1), (BettingMarketState)_random.Next(2), _random.Next(2) == 0, 0, 0),
            < 904 => new SetBettingPhase(new BettingMarketId(1), (BettingPhase)_random.Next(3), 0, 0),
            < 920 => new SetInstrumentStatus(
                new InstrumentId(1), _random.Next(3) == 0 ? InstrumentStatus.Halted : InstrumentStatus.Open,
                _random.Next(9) == 0, 0),
            < 960 => new Deposit(new AccountId(user), new AssetId(1 + _random.Next(2)), new Amount(1_000_000), ""),
            _ => default(Tick),
        };
        return (command, user);
    }

    private string Node() => $"n{1 + _random.Next(Nodes)}";

    // Mostly the first, so that sessions live for a while.
    private long Incarnation() => _random.Next(8) == 0 ? 1 + _random.Next(Incarnations) : 1;

    /// <summary>Mostly one that is open, then of its user; else one that has ended or never was.</summary>
    private OrderSessionId AnySession(Exchange exchange, ref int user)
    {
        var sessions = exchange.OrderSessions;
        if (sessions.Count == 0 || _random.Next(10) == 0)
        {
            return new OrderSessionId(1 + _random.Next(200));
        }

        var session = sessions[_random.Next(sessions.Count)];
        user = _random.Next(20) == 0 ? user : (int)session.User.Value;
        return session.Session;
    }

    private PlaceOrder Order(int user)
    {
        var order = Venue.Order(
            user, (Side)_random.Next(2), 85 + _random.Next(30), 10 * (1 + _random.Next(5)),
            (TimeInForce)(_random.Next(5) == 0 ? _random.Next(3) : 0), stp: (SelfTradePrevention)_random.Next(5),
            clientOrderId: _random.Next(5) == 0 ? $"c{_random.Next(200)}" : "") with
        {
            Account = default,
        };
        return _random.Next(12) switch
        {
            0 when order.TimeInForce == TimeInForce.GoodTilCanceled => order.Showing(5),
            1 => order.StoppedAt(90 + _random.Next(20)),
            2 when order.TimeInForce == TimeInForce.GoodTilCanceled => order.Until(
                1_000_000 + (_random.NextInt64(1_000) * 1_000_000)),
            _ => order,
        };
    }

    private PlaceBet Bet(int user) => BettingVenue.Bet(
        user, (BetSide)_random.Next(2), 1 + _random.Next(2), 200 + (10 * _random.Next(9)),
        BettingVenue.One * (1 + _random.Next(30)), persistence: (Persistence)_random.Next(2),
        clientOrderId: _random.Next(5) == 0 ? $"b{_random.Next(200)}" : "") with
    {
        Account = default,
    };

    private PlaceBatch Batch(Exchange exchange, ref int user)
    {
        var session = AnySession(exchange, ref user);
        var sender = user;
        return new PlaceBatch([.. Enumerable.Range(0, 1 + _random.Next(5)).Select(_ => Order(sender))])
        {
            IsAtomic = _random.Next(2) == 0,
            Session = session,
        };
    }

    private PlaceBatchWithBets Mixed(Exchange exchange, ref int user)
    {
        var session = AnySession(exchange, ref user);
        var sender = user;
        return new PlaceBatchWithBets(
        [
            .. Enumerable.Range(0, 1 + _random.Next(5)).Select(_ => _random.Next(2) == 0
                ? new BatchItem(Order(sender), null)
                : new BatchItem(null, Bet(sender))),
        ])
        {
            Session = session,
        };
    }

    private long AnyOrder(Exchange exchange, int user)
    {
        var orders = exchange.OpenOrders(new AccountId(user));
        return orders.Count == 0 ? 1 : orders[_random.Next(orders.Count)].Id.Value;
    }
}
