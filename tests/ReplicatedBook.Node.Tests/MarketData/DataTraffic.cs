using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Tests.MarketData;

/// <summary>Commands drawn from a seed that change the books of a <see cref="DataVenue"/> in every way.</summary>
/// <param name="replica">To which they are applied.</param>
/// <param name="seed">Equal seeds give equal commands.</param>
internal sealed class DataTraffic(LocalReplica replica, int seed)
{
    private const int Instruments = 4;
    private const int MaxSeconds = 20;

    private readonly Random _random = new(seed);
    private long _lastOrder = 1;

    /// <summary>Applies the next command; readers see it with the next publishing.</summary>
    public void Apply()
    {
        replica.Now += _random.Next(300_000);
        var account = _random.Next(1, DataVenue.Accounts + 1);
        var outcome = replica.Apply(Draw(new AccountId(account)), account);
        _lastOrder = Math.Max(_lastOrder, outcome.Order?.Id.Value ?? 0);
        foreach (var item in outcome.Items ?? [])
        {
            _lastOrder = Math.Max(_lastOrder, item.Order?.Id.Value ?? 0);
        }
    }

    private object Draw(AccountId account)
    {
        var order = new OrderId(_random.NextInt64(Math.Max(1, _lastOrder - 80), _lastOrder + 1));
        return _random.Next(100) switch
        {
            < 58 => Order(account),
            < 70 => new CancelOrder(default, order, default),
            < 84 => new AmendOrder(
                default, order, new Price(_random.Next(2) * AnyPrice()),
                new Quantity(_random.Next(2) * _random.Next(1, 60)), default),
            < 90 => new PlaceBatch([.. Enumerable.Range(0, _random.Next(1, 6)).Select(_ => Order(account))])
            {
                IsAtomic = _random.Next(2) == 0,
            },
            < 92 => new CancelOrders(account, AnyInstrument(), _random.Next(2) == 0 ? null : Side.Buy),
            < 94 => new SetCancelAfter(account, SetCancelAfter.MinTimeout * _random.Next(1, 5)),
            < 95 => new SetInstrumentStatus(
                new InstrumentId(_random.Next(1, 3)), (InstrumentStatus)_random.Next(3), _random.Next(2) == 0, 0),
            < 98 => new SetInstrumentStatus(new InstrumentId(_random.Next(1, 3)), InstrumentStatus.Open, false, 0),
            _ => default(Tick),
        };
    }

    private PlaceOrder Order(AccountId account)
    {
        var order = new PlaceOrder(
            account, default, AnyInstrument(), (Side)_random.Next(2), OrderType.Limit, new Price(AnyPrice()),
            new Quantity(_random.Next(1, 60)), (TimeInForce)Math.Max(0, _random.Next(-8, 3)), _random.Next(10) == 0,
            (SelfTradePrevention)_random.Next(5));
        return _random.Next(10) switch
        {
            0 => order with { Type = OrderType.Market, LimitPrice = default, IsPostOnly = false },
            1 when order is { Side: Side.Buy, TimeInForce: not TimeInForce.FillOrKill } => order with
            {
                Type = OrderType.Market, LimitPrice = new Price(_random.Next(2) * AnyPrice()), IsPostOnly = false,
                Quantity = default, QuoteQuantity = new Amount(_random.Next(1, 5_000)),
            },
            2 => order with { Type = OrderType.StopLimit, StopPrice = new Price(AnyPrice()), IsPostOnly = false },
            3 => order with
            {
                Type = OrderType.Stop, StopPrice = new Price(AnyPrice()), LimitPrice = default, IsPostOnly = false,
            },
            4 or 5 when order.TimeInForce == TimeInForce.GoodTilCanceled => order with
            {
                DisplayQuantity = new Quantity(_random.Next(1, 20)),
            },
            6 when order.TimeInForce == TimeInForce.GoodTilCanceled => order with
            {
                TimeInForce = TimeInForce.GoodTilDate,
                ExpiresAt = new Timestamp(replica.Now + (_random.Next(1, MaxSeconds) * 1_000_000L)),
                DisplayQuantity = new Quantity(_random.Next(2) * _random.Next(1, 20)),
            },
            _ => order,
        };
    }

    private InstrumentId AnyInstrument() => new(_random.Next(1, Instruments + 1));

    private int AnyPrice() => _random.Next(30, 70);
}
