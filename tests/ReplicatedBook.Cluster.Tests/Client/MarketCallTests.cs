using System.Text.Json;
using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Client;

/// <summary>Goal: what the SDK sends of events, markets and sets. Method: a double that remembers.</summary>
public sealed class MarketCallTests
{
    private const string Market =
        """
        {"market_id":"e 1","event_id":"e 1","kind":"binary","status":"resolved","collateral":"USD","tick_size":"0.01",
         "lot_size":"1","price_scale":2,"qty_scale":0,"outcomes":[],"open_interest":"0","collateral_locked":"0.00",
         "settling":true,"orders_canceled":3,"accounts_paid":2,"dust":"0.00","version":8}
        """;

    [Fact]
    public async Task Ends_of_a_market_are_keyed_writes_from_the_version_that_was_seen()
    {
        await using var node = new NodeDouble().Answer(200, Market);
        using var client = new ReplicatedBookClient([node.Endpoint]);
        var payouts = new Dictionary<string, string> { ["A"] = "0.5", ["B"] = "0.5" };

        var resolved = await client.ResolveMarketAsync("e 1", new ResolveMarketRequest { Payouts = payouts }, 7, "k-1");
        var voided = await client.VoidMarketAsync("e 1");
        (await client.CloseMarketAsync("e 1", expectedVersion: 9)).Require();

        Assert.Equal((true, 3L), (resolved.Require().Settling, resolved.Require().OrdersCanceled));
        Assert.Equal(["k-1", voided.Key!], node.Keys[..2]);
        Assert.Equal(["\"7\"", "-", "\"9\""], node.Versions);
        Assert.Equal("""{"payouts":{"A":"0.5","B":"0.5"}}""", node.Bodies[0]);
        Assert.Equal(
            ["/v1/markets/e%201/resolve", "/v1/markets/e%201/void", "/v1/markets/e%201/close"],
            node.Paths.Select(path => path.Split('?')[0]));
    }

    [Fact]
    public async Task What_is_not_asked_for_is_not_sent()
    {
        await using var node = new NodeDouble().Answer(200, """{"items":[]}""");
        using var client = new ReplicatedBookClient([node.Endpoint]);

        (await client.ListEventsAsync("a&b", null, "active", ReadOptions.Weak)).Require();
        (await client.ListEventsAsync(null, "sea", null, ReadOptions.Weak)).Require();
        await client.GetMarketBookAsync("e", "NO", 5, ReadOptions.Weak);
        await client.UpdateEventAsync("e", new UpdateEventRequest { ClosesAt = "never" });
        await client.SplitSetAsync("e", new SetRequest { Quantity = "3" });

        Assert.StartsWith("/v1/events?limit=1000&q=a%26b&status=active&consistency=weak", node.Paths[0]);
        Assert.StartsWith("/v1/events?limit=1000&category=sea&consistency=weak", node.Paths[1]);
        Assert.StartsWith("/v1/markets/e/book?depth=5&outcome=NO&consistency=weak", node.Paths[2]);
        Assert.Equal("""{"closes_at":"never"}""", node.Bodies[3]);
        using var set = JsonDocument.Parse(node.Bodies[4]);
        Assert.Equal("quantity", Assert.Single(set.RootElement.EnumerateObject()).Name);
    }
}
