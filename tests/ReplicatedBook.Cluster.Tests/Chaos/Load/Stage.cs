using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cluster.Tests.Chaos.Load;

/// <summary>Assets, markets and accounts on which clients act. Without fees, so that money only moves.</summary>
/// <param name="Traders">Accounts that trade with each other.</param>
/// <param name="Fought">The account under whose order ids several clients place and cancel.</param>
/// <param name="Counters">Accounts that only count; new ones each round.</param>
internal sealed record Stage(
    IReadOnlyList<string> Traders, string Fought, IReadOnlyList<string> Counters)
{
    public const string Quote = "USD";
    public const string Base = "BTC";

    /// <summary>Where orders meet.</summary>
    public const string Market = "BTC-USD";

    /// <summary>Where there are only buyers, so that nothing matches.</summary>
    public const string CalmMarket = "CALM-USD";

    /// <summary>What each trader has of each asset at first, in units.</summary>
    public const long Endowment = 1_000_000_000_00;

    private const int TraderCount = 4;

    /// <summary>Sets everything up.</summary>
    public static async Task<Stage> BuildAsync(ReplicatedBookClient client, int counters)
    {
        foreach (var asset in new[] { Quote, Base, "CALM" })
        {
            (await client.CreateAssetAsync(new() { Asset = asset, Scale = Money.Scale })).Require();
        }

        foreach (var (symbol, traded) in new[] { (Market, Base), (CalmMarket, "CALM") })
        {
            (await client.ListInstrumentAsync(new()
            {
                Symbol = symbol,
                Type = "spot",
                Base = traded,
                Quote = Quote,
                TickSize = "0.01",
                LotSize = "1",
                MakerFeeBps = 0,
                TakerFeeBps = 0,
            })).Require();
        }

        var traders = new string[TraderCount];
        for (var i = 0; i < traders.Length; i++)
        {
            traders[i] = await OpenAsync(client, $"trader {i}", Quote, Base);
        }

        var fought = await OpenAsync(client, "fought", Quote);
        return await new Stage(traders, fought, []).NextAsync(client, counters);
    }

    /// <summary>The same with fresh counting accounts.</summary>
    public async Task<Stage> NextAsync(ReplicatedBookClient client, int counters)
    {
        var accounts = new string[counters];
        for (var i = 0; i < counters; i++)
        {
            accounts[i] = await OpenAsync(client, $"counter {i}");
        }

        return this with { Counters = accounts };
    }

    private static async Task<string> OpenAsync(ReplicatedBookClient client, string label, params string[] assets)
    {
        var account = (await client.CreateAccountAsync(new() { Label = label })).Require().AccountId;
        foreach (var asset in assets)
        {
            var funds = new FundsRequest { Asset = asset, Amount = Money.Text(Endowment) };
            (await client.DepositAsync(account, funds)).Require();
        }

        return account;
    }
}
