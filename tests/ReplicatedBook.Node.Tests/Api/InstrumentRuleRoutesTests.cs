using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>What instruments demand of orders beyond ticks and lots.</summary>
public sealed class InstrumentRuleRoutesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private const string Rules = ""","min_notional":"5","max_quantity":"100","price_band_pct":"10.5" """;
    private static readonly string[] Fields = ["min_notional", "max_quantity", "price_band_pct"];

    [Fact]
    public async Task Rules_are_shown_changed_one_by_one_and_removed_with_zero()
    {
        var listed = await ListAsync("R1", Rules);
        Assert.Equal(["5.00", "100.0000", "10.50"], Fields.Select(field => listed.TextAt(field)));

        var one = await ChangeAsync("R1", ""","max_quantity":"7" """);
        Assert.Equal(["5.00", "7.0000", "10.50"], Fields.Select(field => one.TextAt(field)));
        var fees = await ChangeAsync("R1", "");
        Assert.Equal(["5.00", "7.0000", "10.50"], Fields.Select(field => fees.TextAt(field)));
        await ChangeAsync("R1", ""","min_notional":"0","max_quantity":"0.0000","price_band_pct":"0.00" """);

        var read = (await node.Client.GetAsync("/v1/instruments/R1")).Expect(200);
        Assert.All(Fields, field => Assert.False(read.Json.TryGetProperty(field, out _)));
    }

    [Theory]
    [InlineData("min_notional", "5.001")]
    [InlineData("min_notional", "99999999999999999")]
    [InlineData("min_notional", "-1")]
    [InlineData("max_quantity", "0.00001")]
    [InlineData("max_quantity", "x")]
    [InlineData("price_band_pct", "1.005")]
    [InlineData("price_band_pct", "10000.01")]
    public async Task A_rule_out_of_its_range_is_named_and_never_logged(string field, string value)
    {
        var symbol = await node.NewInstrumentAsync();
        var before = node.Node.AppliedIndex;
        var more = $",\"{field}\":\"{value}\"";

        foreach (var answer in (Answer[])
            [
                await node.Client.PostAsync("/v1/instruments", With(NodeFixture.Instrument("BAD"), more)),
                await node.Client.PatchAsync(
                    $"/v1/instruments/{symbol}", With("""{"maker_fee_bps":0,"taker_fee_bps":0}""", more)),
            ])
        {
            answer.ExpectProblem(400, "invalid_field");
            Assert.Equal(field, answer.TextAt("errors", "0", "field"));
        }

        Assert.Equal(before, node.Node.AppliedIndex);
    }

    [Fact]
    public async Task An_order_beyond_a_rule_is_refused()
    {
        var account = await node.NewAccountAsync(btc: "1000");
        await ListAsync("R2", Rules);
        await node.PlaceAsync(account, "R2", "sell", "10", "1");
        await node.PlaceAsync(account, "R2", "buy", "10", "1", ""","stp":"none" """);

        await RefusedAsync("10", "0.4999", "min_notional");
        await RefusedAsync("10", "100.0001", "max_quantity");
        await RefusedAsync("11.06", "1", "price_out_of_band");
        await RefusedAsync("8.94", "1", "price_out_of_band");
        await node.PlaceAsync(account, "R2", "buy", "8.95", "1");

        async Task RefusedAsync(string price, string quantity, string code) => (await node.Client.PostAsync(
            "/v1/orders", NodeFixture.Limit(account, "R2", "sell", price, quantity)))
            .ExpectProblem(422, code, "rejected");
    }

    private static string With(string body, string more) => body.TrimEnd().TrimEnd('}') + more + "}";

    private async Task<Answer> ListAsync(string symbol, string rules) => (await node.Client.PostAsync(
        "/v1/instruments", With(NodeFixture.Instrument(symbol), rules))).Expect(201);

    private async Task<Answer> ChangeAsync(string symbol, string rules) => (await node.Client.PatchAsync(
        $"/v1/instruments/{symbol}", With("""{"maker_fee_bps":0,"taker_fee_bps":0}""", rules))).Expect(200);
}
