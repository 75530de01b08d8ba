using System.Buffers;
using System.Globalization;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation.Clients;

/// <summary>Makes one client's commands: first what it needs to trade, then trading around one price.</summary>
internal sealed class Workload(int client)
{
    private const int Scale = 2;
    private static readonly AssetId Base = new(1);
    private static readonly AssetId Quote = new(2);
    private static readonly InstrumentId Instrument = new(1);
    private readonly UserId _user = new(client);
    private long _keys;
    private long _orders;

    /// <summary>Set once the exchange has told it.</summary>
    public AccountId Account { get; set; }

    /// <summary>What the first client does before all others, in order: two assets and an instrument.</summary>
    public ClientRequest Preparation(int step) => step switch
    {
        0 => Make(NewGroup(), (destination, header) =>
            CommandCodec.Write(destination, header, new CreateAsset("BASE", Scale))),
        1 => Make(NewGroup(), (destination, header) =>
            CommandCodec.Write(destination, header, new CreateAsset("QUOTE", Scale))),
        _ => Make(NewGroup(), (destination, header) => CommandCodec.Write(destination, header, new ListInstrument(
            "BASE-QUOTE", Base, Quote, new DecimalSize(1, Scale), new DecimalSize(1, Scale),
            MakerFeeBps: -1, TakerFeeBps: 5))),
    };

    /// <summary>What each client does before it trades, in order: an account and money in it.</summary>
    public ClientRequest Opening(int step) => step switch
    {
        0 => Make(NewGroup(), (destination, header) =>
            CommandCodec.Write(destination, header, new CreateAccount($"client {client}"))),
        1 => Deposit(NewGroup(), Base, 1_000_000),
        _ => Deposit(NewGroup(), Quote, 100_000_000),
    };

    /// <summary>One request of a trading client.</summary>
    public ClientRequest Trading(RandomStream chance)
    {
        var kind = chance.Number(0, 99);
        return kind switch
        {
            < 60 => PlaceOne(chance),
            < 65 => PlaceSome(chance),
            < 80 => Cancel(chance),
            < 84 => Amend(chance),
            < 87 => CancelAll(),
            < 95 => Deposit(NewGroup(), chance.Chance(500) ? Base : Quote, chance.Between(0, 1_000)),
            _ => Withdraw(chance),
        };
    }

    /// <summary>A request with the key of an earlier one and other content.</summary>
    public ClientRequest WithKeyOf(ClientRequest earlier) =>
        Deposit(earlier.Group, Quote, 7_777_777 + ++_keys, isForeign: true);

    private ClientRequest PlaceOne(RandomStream chance)
    {
        var order = DrawOrder(chance);
        return Make(NewGroup(), (destination, header) => CommandCodec.Write(destination, header, order));
    }

    private ClientRequest PlaceSome(RandomStream chance)
    {
        var orders = new List<PlaceOrder>();
        for (var i = chance.Number(1, 4); i > 0; i--)
        {
            orders.Add(DrawOrder(chance));
        }

        var batch = new PlaceBatch(orders);
        return Make(NewGroup(), (destination, header) => CommandCodec.Write(destination, header, batch));
    }

    private ClientRequest Cancel(RandomStream chance)
    {
        var cancel = new CancelOrder(Account, default, DrawEarlierOrder(chance));
        return Make(NewGroup(), (destination, header) => CommandCodec.Write(destination, header, cancel));
    }

    private ClientRequest Amend(RandomStream chance)
    {
        var amend = new AmendOrder(
            Account, new OrderId(chance.Between(1, 200)), DrawPrice(chance), new Quantity(chance.Between(0, 30)),
            default);
        return Make(NewGroup(), (destination, header) => CommandCodec.Write(destination, header, amend));
    }

    private ClientRequest CancelAll() => Make(NewGroup(), (destination, header) =>
        CommandCodec.Write(destination, header, new CancelOrders(Account, Instrument, null)));

    private ClientRequest Withdraw(RandomStream chance)
    {
        var withdraw = new Withdraw(
            Account, chance.Chance(500) ? Base : Quote, new Amount(chance.Between(1, 2_000)), "simulation");
        return Make(NewGroup(), (destination, header) => CommandCodec.Write(destination, header, withdraw));
    }

    private ClientRequest Deposit(RequestGroup group, AssetId asset, long units, bool isForeign = false) => Make(
        group,
        (destination, header) => CommandCodec.Write(
            destination, header, new Deposit(Account, asset, new Amount(units), "simulation")),
        isForeign);

    private PlaceOrder DrawOrder(RandomStream chance)
    {
        var isMarket = chance.Chance(100);
        var lifetime = (TimeInForce)chance.Number(0, 2);
        var isPostOnly = !isMarket && lifetime == TimeInForce.GoodTilCanceled && chance.Chance(200);
        return new PlaceOrder(
            Account,
            OrderName(++_orders),
            Instrument,
            chance.Chance(500) ? Side.Buy : Side.Sell,
            isMarket ? OrderType.Market : OrderType.Limit,
            isMarket ? default : DrawPrice(chance),
            new Quantity(chance.Between(1, 20)),
            isMarket ? TimeInForce.ImmediateOrCancel : lifetime,
            isPostOnly,
            (SelfTradePrevention)chance.Number(0, 4));
    }

    private static Price DrawPrice(RandomStream chance) => new(chance.Between(95, 105));

    private ClientOrderId DrawEarlierOrder(RandomStream chance) => OrderName(chance.Between(1, Math.Max(1, _orders)));

    private static ClientOrderId OrderName(long number) =>
        ClientOrderId.TryCreate(string.Create(CultureInfo.InvariantCulture, $"o-{number}"), out var name)
            ? name
            : throw new InvalidOperationException("order names are short");

    private RequestGroup NewGroup() =>
        RequestKey.TryCreate(string.Create(CultureInfo.InvariantCulture, $"c{client}-{++_keys}"), out var key)
            ? new RequestGroup(_user, key)
            : throw new InvalidOperationException("request keys are short");

    private static ClientRequest Make(
        RequestGroup group, Action<IBufferWriter<byte>, CommandHeader> write, bool isForeign = false)
    {
        var destination = new ArrayBufferWriter<byte>();
        write(destination, new CommandHeader(group.User, group.Key, default));
        return new ClientRequest(group, destination.WrittenSpan.ToArray()) { IsForeign = isForeign };
    }
}
