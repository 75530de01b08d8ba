using System.Text.Json;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>What the feed tells of orders with options, rules and switches, and what dumps of the state show of
/// them.</summary>
public sealed class FeedOptionTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Conditions_triggers_and_refills_are_told_with_names_and_decimals()
    {
        var (account, other) = (await node.NewAccountAsync(), await node.NewAccountAsync());
        var symbol = await node.NewInstrumentAsync();
        var start = node.Node.AppliedIndex + 1;
        var iceberg = await node.PlaceAsync(
            account, symbol, "sell", "10", "3",
            ""","display_quantity":"1","time_in_force":"gtd","expires_at":"2999-01-01T00:00:00Z" """);
        await PlaceAsync(
            $$"""
            {"account_id":"{{other}}","instrument":"{{symbol}}","side":"buy","type":"stop","quote_quantity":"5.00",
             "stop_price":"10","protection_price":"12"}
            """);
        await node.PlaceAsync(other, symbol, "buy", "10", "1");

        var conditions = await DataAsync(start, "order_conditions");
        Assert.Equal(
            ("1.0000", "2999-01-01T00:00:00.000000Z"),
            (Text(conditions[0], "display_quantity"), Text(conditions[0], "expires_at")));
        Assert.Equal(("10.00", "5.00"), (Text(conditions[1], "stop_price"), Text(conditions[1], "quote_quantity")));
        Assert.False(conditions[0].TryGetProperty("stop_price", out _));
        var accepted = await DataAsync(start, "order_accepted");
        Assert.Equal(("stop", "12.00"), (Text(accepted[1], "type"), Text(accepted[1], "protection_price")));
        Assert.False(accepted[1].TryGetProperty("price", out _));
        Assert.Equal("gtd", Text(accepted[0], "time_in_force"));
        var triggered = Assert.Single(await DataAsync(start, "order_triggered"));
        Assert.Equal((other, "10.00", "buy"), (
            Text(triggered, "account_id"), Text(triggered, "stop_price"), Text(triggered, "side")));
        var refilled = (await DataAsync(start, "order_replenished"))[0];
        Assert.Equal((iceberg.TextAt("order", "order_id"), "1.0000", "10.00"), (
            Text(refilled, "order_id"), Text(refilled, "shown_quantity"), Text(refilled, "price")));
    }

    [Fact]
    public async Task Rules_and_switches_are_told()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var start = node.Node.AppliedIndex + 1;
        (await node.Client.PatchAsync(
            $"/v1/instruments/{symbol}", """{"maker_fee_bps":0,"taker_fee_bps":0,"price_band_pct":"5"}"""))
            .Expect(200);
        var set = (await SwitchAsync(account, 60_000)).TextAt("cancel_at");
        await SwitchAsync(account, 0);

        var rules = Assert.Single(await DataAsync(start, "instrument_rules_changed"));
        Assert.Equal((symbol, "0.00", "0.0000", "5.00"), (
            Text(rules, "instrument"), Text(rules, "min_notional"), Text(rules, "max_quantity"),
            Text(rules, "price_band_pct")));
        var switches = await DataAsync(start, "cancel_after_changed");
        Assert.Equal((account, set), (Text(switches[0], "account_id"), Text(switches[0], "cancel_at")));
        Assert.False(switches[1].TryGetProperty("cancel_at", out _));
    }

    /// <summary>Goal: two nodes that differ in any of this have different dumps. Method: each thing is changed alone,
    /// and must change its part.</summary>
    [Fact]
    public async Task Dumps_show_options_rules_and_switches()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var stop = await PlaceAsync(
            $$"""
            {"account_id":"{{account}}","instrument":"{{symbol}}","side":"sell","type":"stop","quantity":"1",
             "stop_price":"10"}
            """);
        var later = await PlaceAsync(
            $$"""
            {"account_id":"{{account}}","instrument":"{{symbol}}","side":"sell","type":"stop_limit","quantity":"2",
             "price":"8","stop_price":"11"}
            """);
        await node.PlaceAsync(account, symbol, "buy", "3", "5", ""","display_quantity":"2" """);
        await SwitchAsync(account, 60_000);
        (await node.Client.PatchAsync(
            $"/v1/instruments/{symbol}", """{"maker_fee_bps":0,"taker_fee_bps":0,"max_quantity":"50"}"""))
            .Expect(200);

        var book = (await DumpAsync("books")).Single(item => Text(item, "instrument") == symbol);
        Assert.Equal(
            $$"""[["11.00","2.0000","{{later.TextAt("order", "order_id")}}"],"""
                + $$"""["10.00","1.0000","{{stop.TextAt("order", "order_id")}}"]]""",
            book.GetProperty("stop_sells").GetRawText());
        Assert.Equal("2.0000", book.GetProperty("bids")[0][1].GetString());
        Assert.Equal(0, book.GetProperty("stop_buys").GetArrayLength());
        var orders = (await DumpAsync("orders")).Where(item => Text(item, "instrument") == symbol).ToList();
        Assert.Equal("2.0000", Text(orders[2], "display_quantity"));
        Assert.Equal(("11.00", "pending"), (Text(orders[1], "stop_price"), Text(orders[1], "status")));
        Assert.Equal(
            "50.0000", Text((await DumpAsync("instruments")).Single(item => Text(item, "symbol") == symbol),
                "max_quantity"));
        var owner = (await DumpAsync("accounts")).Single(item => Text(item, "account_id") == account);
        Assert.True(owner.TryGetProperty("cancel_after_at", out _));
    }

    private static string? Text(JsonElement data, string field) => data.GetProperty(field).GetString();

    private async Task<List<JsonElement>> DataAsync(long from, string type) =>
        [
            .. (await node.Client.GetAsync($"/v1/feed?from_index={from}&limit=1000&types={type}")).Expect(200)
                .At("items").EnumerateArray().Select(item => item.GetProperty("data")),
        ];

    private async Task<List<JsonElement>> DumpAsync(string part) =>
        [.. (await node.Client.GetAsync($"/v1/node/state?part={part}")).Expect(200).At("items").EnumerateArray()];

    private async Task<Answer> PlaceAsync(string body) =>
        (await node.Client.PostAsync("/v1/orders", body)).Expect(201);

    private async Task<Answer> SwitchAsync(string account, int timeoutMs) => (await node.Client.SendAsync(
        HttpMethod.Put, $"/v1/accounts/{account}/cancel_after",
        TestClient.Json($$"""{"timeout_ms":{{timeoutMs}}}"""))).Expect(200);
}
