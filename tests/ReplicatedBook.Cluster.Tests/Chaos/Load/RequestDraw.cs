using System.Globalization;
using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Cluster.Tests.Chaos.Load;

/// <summary>Draws the requests of one client. One owner.</summary>
/// <param name="random">Its chance.</param>
/// <param name="stage">What it acts on.</param>
/// <param name="client">Its number.</param>
/// <param name="round">Number of the round: keeps the names of rounds apart.</param>
internal sealed class RequestDraw(RandomStream random, Stage stage, int client, int round)
{
    private const int FoughtIdsAtOnce = 6;
    private const int RequestsPerFoughtId = 12;

    private readonly List<string> _ownOrders = [];
    private int _number;

    /// <summary>The next request.</summary>
    /// <param name="seen">Highest index this client has seen; may be asked for as <c>min_index</c>.</param>
    public Request Next(long seen)
    {
        _number++;
        return random.Number(0, 99) switch
        {
            < 18 => Counter(Ask.Deposit),
            < 28 => Counter(Ask.Withdraw),
            < 38 => Read(Ask.ReadBalance, Counter(), "", seen),
            < 48 => Resting(Ask.PlaceResting),
            < 55 => Resting(Ask.CancelResting),
            < 62 => Read(Ask.ReadResting, stage.Fought, FoughtName(), seen),
            < 95 => Trading(),
            _ => CancelOwn(),
        };
    }

    private string Counter() => stage.Counters[random.Position(stage.Counters.Count)];

    /// <summary>No two amounts of a round are equal, so that amounts name their requests.</summary>
    private Request Counter(Ask ask) =>
        new(ask, Counter(), "", ((long)_number * 32) + client + 1, false, null, ReplicatedBookClient.NewKey(), null);

    private Request Read(Ask ask, string account, string name, long seen)
    {
        var isStrong = random.Chance(500);
        long? minIndex = !isStrong && random.Chance(300) ? seen : null;
        return new Request(ask, account, name, 0, isStrong, minIndex, null, null);
    }

    /// <summary>Clients go through the same names at about the same pace, and so meet.</summary>
    private string FoughtName() => string.Create(
        CultureInfo.InvariantCulture,
        $"r{round}-{(_number / RequestsPerFoughtId) + random.Position(FoughtIdsAtOnce)}");

    private Request Resting(Ask ask)
    {
        var (name, lots) = (FoughtName(), random.Number(1, 3));
        return ask == Ask.CancelResting
            ? new Request(ask, stage.Fought, name, 0, false, null, ReplicatedBookClient.NewKey(), null)
            : new Request(
                ask, stage.Fought, name, lots * 100, false, null, ReplicatedBookClient.NewKey(),
                Order(stage.Fought, name, Stage.CalmMarket, "buy", "1.00", lots));
    }

    /// <summary>Some orders have a key, the others rely on their own id.</summary>
    private Request Trading()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{round}-{client}-{_number}");
        var lots = random.Number(1, 10);
        var price = string.Create(CultureInfo.InvariantCulture, $"100.{random.Number(10, 30)}");
        var account = stage.Traders[client % stage.Traders.Count];
        var key = random.Chance(500) ? ReplicatedBookClient.NewKey() : null;
        _ownOrders.Add(name);
        return new Request(
            Ask.PlaceTrading, account, name, lots * 100, false, null, key,
            Order(account, name, Stage.Market, random.Chance(500) ? "buy" : "sell", price, lots));
    }

    private Request CancelOwn() => _ownOrders.Count == 0
        ? Trading()
        : new Request(
            Ask.CancelTrading, stage.Traders[client % stage.Traders.Count],
            _ownOrders[random.Number(Math.Max(0, _ownOrders.Count - 10), _ownOrders.Count - 1)], 0, false, null,
            ReplicatedBookClient.NewKey(), null);

    private static PlaceOrderRequest Order(
        string account, string name, string market, string side, string price, int lots) => new()
        {
            AccountId = account,
            ClientOrderId = name,
            Instrument = market,
            Side = side,
            Type = "limit",
            Price = price,
            Quantity = lots.ToString(CultureInfo.InvariantCulture),
            Stp = "none",
        };
}
