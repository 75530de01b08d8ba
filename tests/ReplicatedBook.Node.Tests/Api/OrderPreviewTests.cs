using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>Goal: a dry run says what placing would do, and does nothing. Method: each order is first tried, then
/// placed.</summary>
public sealed class OrderPreviewTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private const string Path = "/v1/orders/validate";

    [Fact]
    public async Task An_order_that_would_be_accepted_is_told_with_fills_rest_and_reservation()
    {
        var (maker, taker) = (await node.NewAccountAsync(), await node.NewAccountAsync());
        var symbol = await node.NewInstrumentAsync(takerFeeBps: 100);
        await node.PlaceAsync(maker, symbol, "sell", "10", "1");
        await node.PlaceAsync(maker, symbol, "sell", "10", "1");
        await node.PlaceAsync(maker, symbol, "sell", "11", "1");
        var order = NodeFixture.Limit(taker, symbol, "buy", "11", "4");
        var before = node.Node.AppliedIndex;

        var preview = (await node.Client.PostAsync(Path, order)).Expect(200);

        Assert.Equal(before, node.Node.AppliedIndex);
        Assert.Equal((before, "strong"), (preview.Index, preview["rb-consistency"]));
        Assert.Equal(
            [("10.00", "2.0000", "0.20", "USD"), ("11.00", "1.0000", "0.11", "USD")],
            preview.At("fills").EnumerateArray().Select(fill => (
                fill.GetProperty("price").GetString(), fill.GetProperty("quantity").GetString(),
                fill.GetProperty("fee").GetString(), fill.GetProperty("fee_asset").GetString())));
        var placed = (await node.Client.PostAsync("/v1/orders", order)).Expect(201);
        Assert.All(
            (string[])["status", "filled_quantity", "remaining_quantity", "average_price", "reserved"],
            field => Assert.Equal(placed.TextAt("order", field), preview.TextAt(field)));
        Assert.Equal(("open", "1.0000"), (preview.TextAt("status"), preview.TextAt("remaining_quantity")));
    }

    [Fact]
    public async Task An_order_that_would_end_itself_says_why()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());

        var preview = (await node.Client.PostAsync(
            Path, NodeFixture.Limit(account, symbol, "buy", "11", "4", ""","time_in_force":"ioc" """))).Expect(200);

        Assert.Equal(("expired", "ioc_remainder"), (preview.TextAt("status"), preview.TextAt("reason")));
        Assert.Equal(0, preview.At("fills").GetArrayLength());
    }

    [Fact]
    public async Task An_order_that_would_be_refused_has_the_same_problem_but_was_not_executed()
    {
        var (poor, symbol) = (await node.NewAccountAsync(usd: "12.50"), await node.NewInstrumentAsync());
        await node.PlaceAsync(poor, symbol, "sell", "50", "1");
        await AssertSameAsync(NodeFixture.Limit(poor, symbol, "buy", "57", "1", ""","stp":"none" """));
        await AssertSameAsync(NodeFixture.Limit(poor, symbol, "buy", "50", "0.1", ""","post_only":true"""));
        await AssertSameAsync(NodeFixture.Limit("a999999", symbol, "buy", "1", "1"));
        await AssertSameAsync(NodeFixture.Limit(poor, "NONE", "buy", "1", "1"));
        await AssertSameAsync(NodeFixture.Limit(poor, symbol, "buy", "1.001", "1"));
        await AssertSameAsync(NodeFixture.Limit(poor, symbol, "buy", "1", "1", ""","display_quantity":"2" """));
    }

    [Fact]
    public async Task An_order_that_exists_is_shown_and_one_that_differs_from_it_is_refused()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        const string Id = ""","client_order_id":"again" """;
        var placed = await node.PlaceAsync(account, symbol, "buy", "10", "1", Id);

        var repeated = (await node.Client.PostAsync(Path, NodeFixture.Limit(account, symbol, "buy", "10", "1", Id)))
            .Expect(200);

        Assert.Equal(placed.TextAt("order", "order_id"), repeated.TextAt("existing_order", "order_id"));
        Assert.Equal(("open", "10.00"), (repeated.TextAt("status"), repeated.TextAt("reserved")));
        await AssertSameAsync(NodeFixture.Limit(account, symbol, "buy", "10", "2", Id));
    }

    [Fact]
    public async Task It_takes_the_parameters_of_a_read_and_none_of_a_write()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var order = NodeFixture.Limit(account, symbol, "sell", "10", "1");
        var index = node.Node.AppliedIndex;
        (await node.Client.DeleteAsync($"/v1/orders?account_id={account}")).Expect(200);
        (await node.Client.PostAsync($"/v1/instruments/{symbol}/status", """{"status":"halted"}""")).Expect(200);

        (await node.Client.PostAsync($"{Path}?consistency=weak", order)).ExpectProblem(422, "market_not_open");
        var then = (await node.Client.PostAsync($"{Path}?at_index={index}&timeout_ms=10000", order)).Expect(200);

        Assert.Equal((index, "1.00000000"), (then.Index, then.TextAt("reserved")));
        (await node.Client.PostAsync($"{Path}?wait=applied", order)).ExpectProblem(400, "invalid_query");
        (await node.Client.PostAsync(Path, "{}")).ExpectProblem(400, "missing_field");
    }

    private async Task AssertSameAsync(string order)
    {
        var before = node.Node.AppliedIndex;
        var preview = await node.Client.PostAsync(Path, order);
        Assert.Equal(before, node.Node.AppliedIndex);
        var placed = await node.Client.PostAsync("/v1/orders", order);

        preview.ExpectProblem((int)placed.Status, placed.Code!);
        Assert.Equal(
            (placed.TextAt("title"), placed.TextAt("detail")), (preview.TextAt("title"), preview.TextAt("detail")));
    }
}
