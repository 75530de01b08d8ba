using System.Text.Json;
using ReplicatedBook.Cluster.Tests.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Cli;

/// <summary>Goal: everything that can be said of an order, a switch and a rule can be said on the command line.
/// Method: the real program against a double of a node.</summary>
public sealed class OrderFormTests
{
    private const string Order =
        """
        {"order":{"order_id":"7","account_id":"a1","instrument":"BTC-USD","side":"sell","type":"stop_limit",
        "price":"9.00","quantity":"0.1000","filled_quantity":"0.0000","remaining_quantity":"0.1000","status":"pending",
        "time_in_force":"gtd","post_only":false,"stp":"cancel_taker","reserved":"0.10","created_index":9,
        "updated_index":9,"created_at":"t","updated_at":"t","stop_price":"10.00"},"fills":[]}
        """;

    private const string Instrument =
        """
        {"symbol":"X-Y","type":"spot","base":"X","quote":"Y","tick_size":"1","lot_size":"1","price_scale":0,
         "qty_scale":0,"maker_fee_bps":3,"taker_fee_bps":4,"status":"open","version":8,"price_band_pct":"5.00"}
        """;

    [Theory]
    [InlineData(
        "buy BTC-USD 1 @9 --expires T", """{"type":"limit","price":"9","time_in_force":"gtd","expires_at":"T"}""")]
    [InlineData("sell BTC-USD 1 --stop-price 10", """{"type":"stop","stop_price":"10"}""")]
    [InlineData("sell BTC-USD 1 @9 --stop-price 10", """{"type":"stop_limit","stop_price":"10","price":"9"}""")]
    [InlineData("buy BTC-USD 9 @9 --display 1 --tif gtc", """{"display_quantity":"1","time_in_force":"gtc"}""")]
    [InlineData(
        "buy BTC-USD --quote-quantity 5 --protection-price 12",
        """{"type":"market","quote_quantity":"5","protection_price":"12"}""")]
    [InlineData("buy BTC-USD 1 --type limit", """{"type":"limit"}""")]
    public async Task Options_become_fields(string arguments, string fields)
    {
        await using var node = new NodeDouble().Answer(201, Order);

        var rb = await RunAsync(node, ["order", .. arguments.Split(' ')]);

        Assert.Equal((0, ""), (rb.ExitCode, rb.Error));
        Assert.Contains("9.00 from 10.00", rb.Output);
        using var sent = JsonDocument.Parse(Assert.Single(node.Bodies));
        using var expected = JsonDocument.Parse(fields);
        Assert.All(expected.RootElement.EnumerateObject(), field => Assert.Equal(
            field.Value.GetString(), sent.RootElement.GetProperty(field.Name).GetString()));
    }

    [Fact]
    public async Task A_dry_run_shows_status_and_fills_and_ends_like_a_read()
    {
        await using var node = new NodeDouble()
            .Answer(
                200,
                """
                {"status":"expired","reason":"ioc_remainder","filled_quantity":"0.5","remaining_quantity":"0.0",
                 "average_price":"10.00","reserved":"0.00",
                 "fills":[{"price":"10.00","quantity":"0.5","fee":"0.01","fee_asset":"USD"}]}
                """)
            .Problem(422, "min_notional", "not_executed");
        string[] validate = ["order", "validate", "buy", "BTC-USD", "1", "@10", "--ioc"];

        var shown = await RunAsync(node, validate);
        var refused = await RunAsync(node, validate);

        Assert.Equal(0, shown.ExitCode);
        Assert.Contains("expired (ioc_remainder)", shown.Output);
        Assert.Contains("0.01 USD", shown.Output);
        Assert.Equal((1, true), (refused.ExitCode, refused.Error.Contains("min_notional")));
        Assert.StartsWith("/v1/orders/validate?consistency=strong", node.Paths[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_switch_is_set_and_its_time_shown()
    {
        await using var node = new NodeDouble().Answer(200, """{"account_id":"a1","cancel_at":"2030"}""");

        var rb = await RunAsync(node, "account", "cancel-after", "a1", "60000");

        Assert.Equal((0, "its open orders are canceled at 2030"), (rb.ExitCode, rb.Output.Trim()));
        Assert.Equal("""{"timeout_ms":60000}""", Assert.Single(node.Bodies));
    }

    [Fact]
    public async Task A_rule_is_changed_beside_fees_that_stay_as_they_were_read()
    {
        await using var node = new NodeDouble().Answer(200, Instrument);

        var rb = await RunAsync(node, "instrument", "update", "X-Y", "--price-band-pct", "5", "--taker-bps", "6");

        Assert.Equal((0, true), (rb.ExitCode, rb.Output.Contains("5.00")));
        Assert.Equal("""{"maker_fee_bps":3,"taker_fee_bps":6,"price_band_pct":"5"}""", node.Bodies[1]);
        Assert.Equal(["-", "\"8\""], node.Versions);
    }

    [Fact]
    public async Task An_instrument_is_created_with_rules()
    {
        await using var node = new NodeDouble().Answer(201, Instrument);

        var rb = await RunAsync(
            node, "instrument", "create", "X-Y", "--tick", "1", "--lot", "1", "--min-notional", "5", "--max-quantity",
            "9");

        Assert.Equal(0, rb.ExitCode);
        using var sent = JsonDocument.Parse(Assert.Single(node.Bodies));
        Assert.Equal("5", sent.RootElement.GetProperty("min_notional").GetString());
        Assert.Equal("9", sent.RootElement.GetProperty("max_quantity").GetString());
    }

    [Theory]
    [InlineData("order buy BTC-USD 1 @1 --ioc --tif gtc")]
    [InlineData("order validate hold BTC-USD 1 @1")]
    [InlineData("order validate buy BTC-USD")]
    [InlineData("order buy BTC-USD 1 --type iceberg")]
    public async Task Misuse_sends_nothing(string arguments) =>
        Assert.Equal(2, (await RbProcess.RunAsync(arguments.Split(' '))).ExitCode);

    private static Task<RbResult> RunAsync(NodeDouble node, params string[] arguments) =>
        RbProcess.RunAsync([.. arguments, "--endpoint", node.Endpoint.Authority]);
}
