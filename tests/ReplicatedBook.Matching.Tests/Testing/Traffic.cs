using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Encoded commands of all kinds, drawn from a seed, for a market with fees and values finer than a
/// unit.</summary>
/// <param name="seed">Equal seeds give equal commands.</param>
/// <param name="lowestPrice">Of limits, in ticks.</param>
/// <param name="prices">How many different limits there are, from the lowest on.</param>
internal sealed class Traffic(int seed, int lowestPrice = 90, int prices = 21)
{
    public const int Accounts = 5;

    /// <summary>Shortest switch, most seconds of a good-til-date order: times that pass within a run.</summary>
    private const int MaxSeconds = 20;

    private readonly Random _random = new(seed);
    private readonly Venue _writer = new();

    /// <summary>Time of the next entry, where commands are to have options: orders of all types, atomic batches,
    /// switches and rules. Else null.</summary>
    public Func<long>? Clock { get; init; }

    /// <summary>A venue with funds, an instrument that settles whole units and one that settles fractions.</summary>
    public static Venue Market(ExchangeLimits? limits = null)
    {
        var venue = Venue.Trading(
            Accounts, funds: 10_000_000, makerFee: -2, takerFee: 7, baseScale: 4, quoteScale: 2, new DecimalSize(1, 2),
            new DecimalSize(1, 4), limits);
        venue.Accept(new ListInstrument(
            "BTC-USD:2", new AssetId(1), new AssetId(2), new DecimalSize(100, 0), new DecimalSize(1, 4), 3, 5));
        return venue;
    }

    /// <summary>The next command.</summary>
    /// <param name="lastOrder">Orders are named from 1 to about this.</param>
    public byte[] Next(long lastOrder)
    {
        var account = _random.Next(1, Accounts + 1);
        var key = _random.Next(4) == 0 ? $"key-{_random.Next(400)}" : "";
        var command = Clock is not null && _random.Next(100) < 12 ? DrawOther(account) : Draw(account, lastOrder);
        return _writer.Bytes(command, user: account, key);
    }

    private object Draw(int account, long lastOrder)
    {
        var id = new AccountId(_random.Next(2) == 0 ? account : 0);
        var order = new OrderId(_random.NextInt64(Math.Max(1, lastOrder - 60), lastOrder + 2));
        return _random.Next(100) switch
        {
            < 55 => Order(id),
            < 70 => new CancelOrder(id, order, default),
            < 80 => new AmendOrder(
                id, order, new Price(_random.Next(2) * AnyPrice()),
                new Quantity(_random.Next(2) * _random.Next(1, 60)), default),
            < 84 => new PlaceBatch([.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Order(id))]),
            < 86 => new CancelOrders(id, new InstrumentId(_random.Next(3)), _random.Next(2) == 0 ? null : Side.Buy),
            < 91 => new Deposit(
                new AccountId(account), new AssetId(_random.Next(1, 3)), new Amount(_random.Next(1, 10_000)), "ref"),
            < 95 => new Withdraw(
                new AccountId(account), new AssetId(_random.Next(1, 3)), new Amount(_random.Next(1, 10_000)), ""),
            < 97 => new UpdateInstrument(
                new InstrumentId(_random.Next(1, 3)), _random.Next(-5, 5), _random.Next(5, 20), 0),
            < 98 => new SetInstrumentStatus(
                new InstrumentId(_random.Next(1, 3)), (InstrumentStatus)_random.Next(3), _random.Next(2) == 0, 0),
            _ => new SetInstrumentStatus(new InstrumentId(_random.Next(1, 3)), InstrumentStatus.Open, false, 0),
        };
    }

    /// <summary>What only comes with options.</summary>
    private object DrawOther(int account)
    {
        var instrument = new InstrumentId(_random.Next(1, 3));
        return _random.Next(12) switch
        {
            < 6 => new PlaceBatch([.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Order(default))])
            {
                IsAtomic = true,
            },
            < 8 => new SetCancelAfter(
                new AccountId(account),
                _random.Next(MaxSeconds) is 0 and var off ? off : SetCancelAfter.MinTimeout * 5),
            < 10 => new UpdateInstrument(instrument, _random.Next(-5, 5), _random.Next(5, 20), 0)
            {
                Rules = _random.Next(3) == 0
                    ? default
                    : new OrderRules(_random.Next(40), _random.Next(40, 70), _random.Next(0, 4) * 500),
            },
            _ => default(Tick),
        };
    }

    private PlaceOrder Order(AccountId account)
    {
        var type = _random.Next(10) == 0 ? OrderType.Market : OrderType.Limit;
        var order = Venue.Order(
            0, (Side)_random.Next(2), type == OrderType.Market ? 0 : AnyPrice(), _random.Next(1, 60),
            (TimeInForce)Math.Max(0, _random.Next(-5, 3)), _random.Next(10) == 0, (SelfTradePrevention)_random.Next(5),
            _random.Next(3) == 0 ? $"order-{_random.Next(300)}" : "", type, _random.Next(1, 3));
        order = order with { Account = account };
        return Clock is { } clock && _random.Next(2) == 0 ? WithOptions(order, clock()) : order;
    }

    private PlaceOrder WithOptions(PlaceOrder order, long now)
    {
        order = _random.Next(3) == 0 ? order.StoppedAt(AnyPrice()) : order;
        if (order.Type is OrderType.Market or OrderType.Stop)
        {
            order = order with { LimitPrice = new Price(_random.Next(2) * AnyPrice()) };
            return _random.Next(3) == 0 && order is { Side: Side.Buy, TimeInForce: not TimeInForce.FillOrKill }
                ? order.Spending(_random.Next(1, 5_000))
                : order;
        }

        if (order.TimeInForce != TimeInForce.GoodTilCanceled)
        {
            return order;
        }

        order = _random.Next(2) == 0 ? order.Until(now + (_random.Next(MaxSeconds) * 1_000_000L)) : order;
        return _random.Next(2) == 0 ? order.Showing(_random.Next(1, 20)) : order;
    }

    private int AnyPrice() => _random.Next(lowestPrice, lowestPrice + prices);
}
