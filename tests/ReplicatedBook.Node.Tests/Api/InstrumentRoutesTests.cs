using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

public sealed class InstrumentRoutesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task A_listed_instrument_shows_its_terms_and_version()
    {
        var created = (await node.Client.PostAsync("/v1/instruments", NodeFixture.Instrument("BTC-USD", -1, 10)))
            .Expect(201);

        var read = (await node.Client.GetAsync("/v1/instruments/BTC-USD")).Expect(200);

        Assert.Equal(("0.01", "0.0001"), (read.TextAt("tick_size"), read.TextAt("lot_size")));
        Assert.Equal((2, 4), (read.At("price_scale").GetInt32(), read.At("qty_scale").GetInt32()));
        Assert.Equal((-1, 10), (read.At("maker_fee_bps").GetInt32(), read.At("taker_fee_bps").GetInt32()));
        Assert.Equal("open", read.TextAt("status"));
        Assert.Equal($"\"{created.Index}\"", read["etag"]);
        Assert.Equal(created.Index, read.At("version").GetInt64());
        (await node.Client.PostAsync("/v1/instruments", NodeFixture.Instrument("BTC-USD")))
            .ExpectProblem(409, "already_exists", "rejected");
        (await node.Client.GetAsync("/v1/instruments/NONE")).ExpectProblem(404, "not_found");
    }

    [Theory]
    [InlineData("\"spot\"", "\"runner\"", 400, "invalid_field", "not_executed")]
    [InlineData("\"spot\"", "\"outcome\"", 400, "invalid_field", "not_executed")]
    [InlineData("\"spot\"", "\"future\"", 400, "invalid_field", "not_executed")]
    [InlineData("\"0.01\"", "\"0\"", 400, "invalid_field", "not_executed")]
    [InlineData("\"0.01\"", "0.01", 400, "invalid_field", "not_executed")]
    [InlineData("\"0.0001\"", "\"0.000000001\"", 400, "invalid_field", "rejected")]
    [InlineData("\"USD\"", "\"BTC\"", 400, "invalid_field", "rejected")]
    [InlineData("\"USD\"", "\"NONE\"", 404, "not_found", "not_executed")]
    [InlineData("\"taker_fee_bps\":0", "\"taker_fee_bps\":10001", 400, "invalid_field", "rejected")]
    [InlineData("\"symbol\":\"T1\"", "\"symbol\":\"T 1\"", 400, "invalid_field", "not_executed")]
    public async Task Bad_terms_are_refused(string given, string instead, int status, string code, string outcome) =>
        (await node.Client.PostAsync("/v1/instruments", NodeFixture.Instrument("T1").Replace(given, instead)))
            .ExpectProblem(status, code, outcome);

    [Fact]
    public async Task Fees_change_only_from_the_version_that_was_seen()
    {
        var symbol = await node.NewInstrumentAsync();
        var tag = (await node.Client.GetAsync($"/v1/instruments/{symbol}"))["etag"];
        const string Fees = """{"maker_fee_bps":1,"taker_fee_bps":2}""";

        var changed = (await node.Client.PatchAsync($"/v1/instruments/{symbol}", Fees, ("If-Match", tag))).Expect(200);

        Assert.NotEqual(tag, changed["etag"]);
        (await node.Client.PatchAsync($"/v1/instruments/{symbol}", Fees, ("If-Match", tag)))
            .ExpectProblem(412, "version_mismatch", "rejected");
        (await node.Client.PatchAsync($"/v1/instruments/{symbol}", Fees, ("If-Match", "*"))).Expect(200);
        (await node.Client.PatchAsync($"/v1/instruments/{symbol}", Fees, ("If-Match", "7")))
            .ExpectProblem(400, "invalid_field");
        (await node.Client.PatchAsync($"/v1/instruments/{symbol}", """{"maker_fee_bps":1}"""))
            .ExpectProblem(400, "missing_field");
        (await node.Client.PatchAsync("/v1/instruments/NONE", Fees)).ExpectProblem(404, "not_found");
    }

    [Fact]
    public async Task A_halted_instrument_takes_no_orders_and_a_closed_one_stays_closed()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var id = (await node.PlaceAsync(account, symbol, "buy", "10", "1")).TextAt("order", "order_id");
        var path = $"/v1/instruments/{symbol}/status";

        Assert.Equal(
            "halted", (await node.Client.PostAsync(path, """{"status":"halted"}""")).Expect(200).TextAt("status"));
        (await node.Client.PostAsync("/v1/orders", NodeFixture.Limit(account, symbol, "buy", "10", "1")))
            .ExpectProblem(422, "market_not_open", "rejected");
        var closed = (await node.Client.PostAsync(path, """{"status":"closed","cancel_open_orders":true}"""))
            .Expect(200);
        Assert.Equal(id, closed.TextAt("canceled_order_ids", "0"));
        (await node.Client.PostAsync(path, """{"status":"open"}"""))
            .ExpectProblem(409, "market_state_conflict", "rejected");
        (await node.Client.PostAsync(path, """{"status":"ajar"}""")).ExpectProblem(400, "invalid_field");
        Assert.Equal("instrument_status", (await node.Client.GetAsync($"/v1/orders/{id}")).TextAt("order", "reason"));
    }

    [Fact]
    public async Task Lists_are_filtered_and_later_pages_show_the_state_of_the_first()
    {
        var (one, two) = (await node.NewInstrumentAsync(), await node.NewInstrumentAsync());
        var page = (await node.Client.GetAsync($"/v1/instruments?limit=1&q={two[..1]}")).Expect(200);
        Assert.Equal(two, page.TextAt("items", "0", "symbol"));
        (await node.Client.PostAsync($"/v1/instruments/{one}/status", """{"status":"halted"}""")).Expect(200);

        var next = (await node.Client.GetAsync(
            $"/v1/instruments?limit=1&q=M&cursor={page.TextAt("next_cursor")}&timeout_ms=10000"))
            .Expect(200);

        Assert.Equal((one, "open"), (next.TextAt("items", "0", "symbol"), next.TextAt("items", "0", "status")));
        Assert.Equal(page.Index, next.Index);
        var halted = (await node.Client.GetAsync("/v1/instruments?status=halted&type=spot")).Expect(200);
        Assert.Contains(one, halted.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"{two}\"", halted.Text, StringComparison.Ordinal);
        Assert.Equal(
            0, (await node.Client.GetAsync("/v1/instruments?type=runner")).Expect(200).At("items").GetArrayLength());
        (await node.Client.GetAsync("/v1/instruments?status=ajar")).ExpectProblem(400, "invalid_query");
    }
}
