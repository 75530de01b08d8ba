using System.Globalization;
using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>An instrument of its own for one run, and one account with ample funds.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="Account">Owner of all orders; self-trade prevention is off, so they trade with each other.</param>
internal sealed record LoadMarket(string Symbol, string Account)
{
    private const int Spread = 20; // Prices drawn from so many ticks: books stay small, about half of the orders trade.

    /// <summary>What the owner's requests carry as credential; null for nodes without authentication.</summary>
    public string? Bearer { get; init; }

    public static async Task<LoadMarket> CreateAsync(ReplicatedBookClient client)
    {
        var run = ReplicatedBookClient.NewKey()[..8];
        string[] assets = [$"B{run}", $"Q{run}"];
        var account = (await client.CreateAccountAsync(new() { Label = $"load {run}" })).Require().AccountId;
        foreach (var asset in assets)
        {
            (await client.CreateAssetAsync(new() { Asset = asset, Scale = 2 })).Require();
            (await client.DepositAsync(account, new() { Asset = asset, Amount = "1000000000000" })).Require();
        }

        var symbol = $"{assets[0]}-{assets[1]}";
        (await client.ListInstrumentAsync(new()
        {
            Symbol = symbol,
            Type = "spot",
            Base = assets[0],
            Quote = assets[1],
            TickSize = "0.01",
            LotSize = "1",
            MakerFeeBps = 0,
            TakerFeeBps = 10,
        })).Require();
        return new LoadMarket(symbol, account);
    }

    /// <summary>A limit order near 100.00.</summary>
    /// <param name="random">Draws side, price and quantity.</param>
    /// <param name="clientOrderId">Makes it exactly-once.</param>
    public PlaceOrderRequest Order(Random random, string clientOrderId) => new()
    {
        AccountId = Account,
        ClientOrderId = clientOrderId,
        Instrument = Symbol,
        Side = random.Next(2) == 0 ? "buy" : "sell",
        Type = "limit",
        Price = string.Create(CultureInfo.InvariantCulture, $"100.{random.Next(Spread):D2}"),
        Quantity = string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 10)}"),
        Stp = "none",
    };
}
