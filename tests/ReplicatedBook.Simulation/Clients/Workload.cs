using System.Buffers;
using System.Globalization;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Histories;

namespace ReplicatedBook.Simulation.Clients;

/// <summary>Makes one client's commands: first what it needs to trade, then trading around one price.</summary>
/// <remarks>Keys and names come from the operation's number, so that leaving one operation out leaves the others as
/// they
/// were.</remarks>
/// <param name="client">Number of the client.</param>
/// <param name="maxBatch">Orders in one batch at most.</param>
internal sealed partial class Workload(int client, int maxBatch)
{
    private const int Scale = 2;
    private static readonly AssetId Base = new(1);
    private static readonly AssetId Quote = new(2);
    private static readonly AssetId Count = new(3);
    private static readonly InstrumentId Instrument = new(1);
    private readonly UserId _user = new(client);
    private long _now;
    private bool _hasOptions;

    /// <summary>Set once the exchange has told it.</summary>
    public AccountId Account { get; set; }

    /// <summary>What the first client does before all others, in order: three assets and an instrument.</summary>
    public ClientRequest Preparation(int step, int tries, long deadline) => step switch
    {
        0 => Make(NewGroup("a", tries, deadline), (destination, header) =>
            CommandCodec.Write(destination, header, new CreateAsset("BASE", Scale))),
        1 => Make(NewGroup("b", tries, deadline), (destination, header) =>
            CommandCodec.Write(destination, header, new CreateAsset("QUOTE", Scale))),
        2 => Make(NewGroup("x", tries, deadline), (destination, header) =>
            CommandCodec.Write(destination, header, new CreateAsset("COUNT", 0))),
        _ => Make(NewGroup("c", tries, deadline), (destination, header) => CommandCodec.Write(
            destination, header, new ListInstrument(
                "BASE-QUOTE", Base, Quote, new DecimalSize(1, Scale), new DecimalSize(1, Scale),
                MakerFeeBps: -1, TakerFeeBps: 5))),
    };

    /// <summary>What each client does before it trades, in order: an account and money in it.</summary>
    public ClientRequest Opening(int step, int tries, long deadline) => step switch
    {
        0 => Make(NewGroup("d", tries, deadline), (destination, header) =>
            CommandCodec.Write(destination, header, new CreateAccount($"client {client}"))),
        1 => Deposit(NewGroup("e", tries, deadline), Base, 1_000_000),
        _ => Deposit(NewGroup("f", tries, deadline), Quote, 100_000_000),
    };

    /// <summary>One request of a trading client.</summary>
    /// <param name="number">Of the operation, from 1.</param>
    /// <param name="now">In microseconds of cluster time.</param>
    /// <param name="hasOptions">Whether every node knows what level 3 brought; some ask for it sooner.</param>
    /// <param name="deadline">In microseconds of cluster time; 0 for none.</param>
    /// <param name="chance">Decides what it is.</param>
    public ClientRequest Trading(int number, long now, bool hasOptions, long deadline, RandomStream chance)
    {
        (_now, _hasOptions) = (now, hasOptions || number % 50 == 0);
        var group = NewGroup("o", number, deadline);
        return chance.Number(0, 99) switch
        {
            < 60 => PlaceOne(group, number, chance),
            < 65 => PlaceSome(group, number, chance),
            < 80 => Cancel(group, number, chance),
            < 84 => Amend(group, chance),
            < 87 => Make(group, (destination, header) =>
                CommandCodec.Write(destination, header, new CancelOrders(Account, Instrument, null))),
            < 88 when _hasOptions => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new SetCancelAfter(Account, chance.Between(1, 4) * SetCancelAfter.MinTimeout))),
            < 89 when _hasOptions => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new UpdateInstrument(Instrument, -1, 5, 0) { Rules = DrawRules(chance) })),
            < 95 => Deposit(group, chance.Chance(500) ? Base : Quote, chance.Between(0, 1_000)),
            _ => Withdraw(group, chance),
        };
    }

    /// <summary>A deposit of an amount like no other, or a withdrawal, of the asset that nobody trades.</summary>
    public ClientRequest Counting(int number, long deadline, AccountId account, RandomStream chance)
    {
        var isDeposit = chance.Chance(500);
        var units = isDeposit ? (number * 16L) + client : chance.Between(1, 2_000);
        var request = Make(NewGroup("n", number, deadline), (destination, header) =>
        {
            if (isDeposit)
            {
                CommandCodec.Write(destination, header, new Deposit(account, Count, new Amount(units), "count"));
            }
            else
            {
                CommandCodec.Write(destination, header, new Withdraw(account, Count, new Amount(units), "count"));
            }
        });
        var verb = isDeposit ? CounterVerb.Deposit : CounterVerb.Withdraw;
        return new ClientRequest(request.Group, request.Command)
        {
            Counts = (account.Value, new CounterAction(verb, units, false, null)),
        };
    }

    /// <summary>The balance of that asset; 0 for an account that never had any.</summary>
    public static long CountOf(Matching.Exchange exchange, AccountId account) =>
        exchange.Balances(account)?.FirstOrDefault(balance => balance.Asset == Count)?.Available.Units ?? 0;

    /// <summary>A request with the key of an earlier one and other content.</summary>
    public ClientRequest WithKeyOf(ClientRequest earlier, int number) =>
        Deposit(earlier.Group, Quote, 7_777_777 + number, isForeign: true);

    private ClientRequest PlaceOne(RequestGroup group, int number, RandomStream chance)
    {
        var order = DrawOrder(OrderName(number, 0), chance);
        return Make(group, (destination, header) => CommandCodec.Write(destination, header, order));
    }

    private ClientRequest PlaceSome(RequestGroup group, int number, RandomStream chance)
    {
        var orders = new List<PlaceOrder>();
        for (var i = (int)chance.Skewed(1, maxBatch); i > 0; i--)
        {
            orders.Add(DrawOrder(OrderName(number, i), chance));
        }

        var batch = new PlaceBatch(orders) { IsAtomic = _hasOptions && chance.Chance(300) };
        return Make(group, (destination, header) => CommandCodec.Write(destination, header, batch));
    }

    private ClientRequest Cancel(RequestGroup group, int number, RandomStream chance)
    {
        var earlier = OrderName((int)chance.Between(Math.Max(1, number - 20), number), 0);
        var cancel = new CancelOrder(Account, default, earlier);
        return Make(group, (destination, header) => CommandCodec.Write(destination, header, cancel));
    }

    private ClientRequest Amend(RequestGroup group, RandomStream chance)
    {
        var amend = new AmendOrder(
            Account, new OrderId(chance.Between(1, 200)), DrawPrice(chance), new Quantity(chance.Between(0, 30)),
            default);
        return Make(group, (destination, header) => CommandCodec.Write(destination, header, amend));
    }

    private ClientRequest Withdraw(RequestGroup group, RandomStream chance)
    {
        var withdraw = new Withdraw(
            Account, chance.Chance(500) ? Base : Quote, new Amount(chance.Between(1, 2_000)), "simulation");
        return Make(group, (destination, header) => CommandCodec.Write(destination, header, withdraw));
    }

    private ClientRequest Deposit(RequestGroup group, AssetId asset, long units, bool isForeign = false) => Make(
        group,
        (destination, header) => CommandCodec.Write(
            destination, header, new Deposit(Account, asset, new Amount(units), "simulation")),
        isForeign);

    private PlaceOrder DrawOrder(ClientOrderId name, RandomStream chance)
    {
        var isMarket = chance.Chance(100);
        var lifetime = (TimeInForce)chance.Number(0, 2);
        var isPostOnly = !isMarket && lifetime == TimeInForce.GoodTilCanceled && chance.Chance(200);
        var order = new PlaceOrder(
            Account,
            name,
            Instrument,
            chance.Chance(500) ? Side.Buy : Side.Sell,
            isMarket ? OrderType.Market : OrderType.Limit,
            isMarket ? default : DrawPrice(chance),
            new Quantity(chance.Between(1, 20)),
            isMarket ? TimeInForce.ImmediateOrCancel : lifetime,
            isPostOnly,
            (SelfTradePrevention)chance.Number(0, 4));
        return _hasOptions && chance.Chance(300) ? WithOptions(order, chance) : order;
    }

    /// <summary>Some of these go on to be refused, as those of users do.</summary>
    private PlaceOrder WithOptions(PlaceOrder order, RandomStream chance)
    {
        var resting = order with
        {
            Type = OrderType.Limit,
            LimitPrice = DrawPrice(chance),
            TimeInForce = TimeInForce.GoodTilCanceled,
            IsPostOnly = false,
        };
        return chance.Number(0, 5) switch
        {
            0 or 1 => resting with
            {
                TimeInForce = TimeInForce.GoodTilDate,
                ExpiresAt = new Timestamp(_now + chance.Between(1, 3_000_000)),
            },
            2 => resting with { DisplayQuantity = new Quantity(chance.Between(1, 5)) },
            3 => resting with { Type = OrderType.StopLimit, StopPrice = DrawPrice(chance) },
            4 => resting with { Type = OrderType.Stop, StopPrice = DrawPrice(chance) },
            _ => resting with
            {
                Side = Side.Buy,
                Type = OrderType.Market,
                Quantity = default,
                QuoteQuantity = new Amount(chance.Between(50, 3_000)),
            },
        };
    }

    private static OrderRules DrawRules(RandomStream chance) => chance.Chance(500)
        ? default
        : new OrderRules(chance.Between(0, 500), chance.Between(0, 25), (int)chance.Between(0, 500));

    private static Price DrawPrice(RandomStream chance) => new(chance.Between(95, 105));

    private static ClientOrderId OrderName(int number, int position) =>
        ClientOrderId.TryCreate(string.Create(CultureInfo.InvariantCulture, $"{number}-{position}"), out var name)
            ? name
            : throw new InvalidOperationException("order names are short");

    private RequestGroup NewGroup(string kind, int number, long deadline) =>
        RequestKey.TryCreate(string.Create(CultureInfo.InvariantCulture, $"{kind}{client}-{number}"), out var key)
            ? new RequestGroup(_user, key, deadline)
            : throw new InvalidOperationException("request keys are short");

    private static ClientRequest Make(
        RequestGroup group, Action<IBufferWriter<byte>, CommandHeader> write, bool isForeign = false)
    {
        var destination = new ArrayBufferWriter<byte>();
        write(destination, new CommandHeader(group.User, group.Key, new Timestamp(group.Deadline)));
        return new ClientRequest(group, destination.WrittenSpan.ToArray()) { IsForeign = isForeign };
    }
}
