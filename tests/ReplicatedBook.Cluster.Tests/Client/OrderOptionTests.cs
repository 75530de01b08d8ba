using System.Text.Json;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Client;

/// <summary>Goal: what the SDK sends of options, dry runs, switches and rules. Method: doubles that remember.</summary>
public sealed class OrderOptionTests
{
    private static readonly PlaceOrderRequest Stop = new()
    {
        Instrument = "BTC-USD",
        Side = "buy",
        Type = "stop",
        QuoteQuantity = "5",
        StopPrice = "10",
        ProtectionPrice = "12",
        TimeInForce = "gtd",
        ExpiresAt = "2999-01-01T00:00:00Z",
    };

    private static readonly ClientOptions Brief = new()
    {
        MinBackoff = TimeSpan.FromMilliseconds(1),
        MaxBackoff = TimeSpan.FromMilliseconds(2),
        MaxAttempts = 3,
    };

    [Fact]
    public async Task A_dry_run_is_a_read_with_a_body_and_is_repeated_like_one()
    {
        await using var node = new NodeDouble().Break().Answer(
            200,
            """
            {"status":"open","filled_quantity":"1","remaining_quantity":"2","reserved":"3","average_price":"10",
             "fills":[{"price":"10","quantity":"1","fee":"0.1","fee_asset":"USD"}]}
            """);
        using var client = new ReplicatedBookClient([node.Endpoint], Brief);

        var preview = (await client.ValidateOrderAsync(Stop, ReadOptions.Weak)).Require();

        Assert.Equal(("open", "3"), (preview.Status, preview.Reserved));
        Assert.Equal(new PreviewFillResponse("10", "1", "0.1", "USD"), Assert.Single(preview.Fills));
        Assert.Equal(["-", "-"], node.Keys);
        Assert.Equal(node.Bodies[0], node.Bodies[1]);
        Assert.All(node.Paths, path =>
            Assert.StartsWith("/v1/orders/validate?consistency=weak&timeout_ms=", path, StringComparison.Ordinal));
        using var sent = JsonDocument.Parse(node.Bodies[0]);
        Assert.Equal(
            ["5", "12", "10", "2999-01-01T00:00:00Z"],
            new[] { "quote_quantity", "protection_price", "stop_price", "expires_at" }
                .Select(field => sent.RootElement.GetProperty(field).GetString()));
        Assert.False(sent.RootElement.TryGetProperty("quantity", out _));
    }

    [Fact]
    public async Task A_dry_run_that_is_refused_or_lost_is_no_doubt()
    {
        await using var refusing = new NodeDouble().Break().Problem(422, "insufficient_funds", "not_executed");
        using var refused = new ReplicatedBookClient([refusing.Endpoint], Brief);
        var answer = await refused.ValidateOrderAsync(Stop, ReadOptions.Strong);
        Assert.Equal((ReadKind.Refused, "insufficient_funds"), (answer.Kind, answer.Problem?.Code));

        await using var silent = new NodeDouble().Break();
        using var lost = new ReplicatedBookClient([silent.Endpoint], Brief);
        Assert.Equal(ReadKind.Unavailable, (await lost.ValidateOrderAsync(Stop, ReadOptions.Strong)).Kind);
    }

    [Fact]
    public async Task A_switch_is_a_keyed_write()
    {
        await using var node = new NodeDouble().Answer(200, """{"account_id":"a1","cancel_at":"t"}""");
        using var client = new ReplicatedBookClient([node.Endpoint], Brief);

        var set = await client.SetCancelAfterAsync("a1", new CancelAfterRequest { TimeoutMs = 60_000 });

        Assert.Equal("t", set.Require().CancelAt);
        Assert.Equal(set.Key, Assert.Single(node.Keys));
        Assert.StartsWith("/v1/accounts/a1/cancel_after?", Assert.Single(node.Paths), StringComparison.Ordinal);
        Assert.Equal("""{"timeout_ms":60000}""", Assert.Single(node.Bodies));
    }

    [Fact]
    public async Task A_changed_rule_names_itself_alone_and_the_version_that_was_seen()
    {
        await using var node = new NodeDouble().Answer(
            200,
            """
            {"symbol":"X","type":"spot","base":"B","quote":"Q","tick_size":"1","lot_size":"1","price_scale":0,
             "qty_scale":0,"maker_fee_bps":0,"taker_fee_bps":0,"status":"open","version":8,"price_band_pct":"5.00"}
            """);
        using var client = new ReplicatedBookClient([node.Endpoint], Brief);
        var change = new UpdateInstrumentRequest { MakerFeeBps = 0, TakerFeeBps = 0, PriceBandPct = "5" };

        var changed = await client.UpdateInstrumentAsync("X", change, expectedVersion: 7);

        Assert.Equal(("5.00", null), (changed.Require().PriceBandPct, changed.Require().MaxQuantity));
        Assert.Equal(
            """{"maker_fee_bps":0,"taker_fee_bps":0,"price_band_pct":"5"}""", Assert.Single(node.Bodies));
        Assert.Equal("\"7\"", Assert.Single(node.Versions));
    }
}
