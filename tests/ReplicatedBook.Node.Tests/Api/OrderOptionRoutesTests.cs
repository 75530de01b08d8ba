using System.Globalization;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>Stop orders, icebergs, orders with an end, a budget or a protection price, and batches of all or
/// none.</summary>
public sealed class OrderOptionRoutesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private const string Later = "2999-01-01T00:00:00Z";

    [Fact]
    public async Task A_stop_order_is_pending_until_a_trade_reaches_its_price()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        await node.PlaceAsync(await node.NewAccountAsync(), symbol, "buy", "9", "1");

        var stop = await PlaceAsync(
            account, symbol, "sell", "stop", ""","quantity":"1","stop_price":"10","protection_price":"8.5" """);

        Assert.Equal(("pending", "stop"), (stop.TextAt("order", "status"), stop.TextAt("order", "type")));
        Assert.Equal(("10.00", "8.50"), (
            stop.TextAt("order", "stop_price"), stop.TextAt("order", "protection_price")));
        Assert.Equal("gtc", stop.TextAt("order", "time_in_force"));
        Assert.False(stop.At("order").TryGetProperty("price", out _));
        Assert.False(stop.At("order").TryGetProperty("reason", out _));
        await TradeAsync(symbol, "10");
        var id = stop.TextAt("order", "order_id");
        var after = (await node.Client.GetAsync($"/v1/orders/{id}")).Expect(200);
        Assert.Equal(("filled", "9.00"), (after.TextAt("order", "status"), after.TextAt("order", "average_price")));
    }

    [Fact]
    public async Task A_stop_limit_order_rests_at_its_limit_once_triggered()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var stop = await PlaceAsync(
            account, symbol, "buy", "stop_limit", ""","quantity":"2","price":"12","stop_price":"10" """);
        Assert.Equal(("pending", "12.00", "10.00"), (
            stop.TextAt("order", "status"), stop.TextAt("order", "price"), stop.TextAt("order", "stop_price")));

        await TradeAsync(symbol, "11");

        var id = stop.TextAt("order", "order_id");
        Assert.Equal("open", (await node.Client.GetAsync($"/v1/orders/{id}")).TextAt("order", "status"));
    }

    [Fact]
    public async Task An_iceberg_shows_its_peak_and_no_more()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());

        var placed = await node.PlaceAsync(account, symbol, "buy", "10", "5", ""","display_quantity":"2" """);

        Assert.Equal(("2.0000", "5.0000"), (
            placed.TextAt("order", "display_quantity"), placed.TextAt("order", "remaining_quantity")));
        foreach (var level in (int[])[1, 2, 3])
        {
            var book = (await node.Client.GetAsync($"/v1/instruments/{symbol}/book?level={level}")).Expect(200);
            Assert.Equal("2.0000", book.TextAt("bids", "0", "1"));
        }
    }

    [Fact]
    public async Task An_order_with_an_end_expires_at_the_first_command_of_that_time()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var later = await node.PlaceAsync(
            account, symbol, "buy", "10", "1", $$""","time_in_force":"gtd","expires_at":"{{Later}}" """);
        var now = DateTimeOffset.Parse(later.TextAt("order", "created_at")!, CultureInfo.InvariantCulture);
        var end = now.AddSeconds(3);
        var soon = end.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

        var placed = await node.PlaceAsync(
            account, symbol, "buy", "10", "1", $$""","time_in_force":"gtd","expires_at":"{{soon}}" """);

        Assert.Equal("2999-01-01T00:00:00.000000Z", later.TextAt("order", "expires_at"));
        Assert.Equal(
            end.ToString("yyyy-MM-dd'T'HH:mm:ss.fff000'Z'", CultureInfo.InvariantCulture),
            placed.TextAt("order", "expires_at"));
        var ended = await UntilClosedAsync(placed.TextAt("order", "order_id")!);
        Assert.Equal(("expired", "good_til_date"), (ended.TextAt("order", "status"), ended.TextAt("order", "reason")));
        var past = await node.Client.PostAsync(
            "/v1/orders",
            NodeFixture.Limit(
                account, symbol, "buy", "1", "1", ""","time_in_force":"gtd","expires_at":"2020-01-01T00:00:00Z" """));
        past.ExpectProblem(400, "invalid_field", "rejected");
        Assert.Equal("expires_at", past.TextAt("errors", "0", "field"));
    }

    [Fact]
    public async Task A_market_order_spends_its_budget_and_trades_no_further_than_its_protection_price()
    {
        var (maker, taker) = (await node.NewAccountAsync(), await node.NewAccountAsync());
        var symbol = await node.NewInstrumentAsync();
        await node.PlaceAsync(maker, symbol, "sell", "10", "1");
        await node.PlaceAsync(maker, symbol, "sell", "20", "1");

        var budget = await PlaceAsync(taker, symbol, "buy", "market", ""","quote_quantity":"5" """);
        var shielded = await PlaceAsync(
            taker, symbol, "buy", "market", ""","quantity":"1","protection_price":"15" """);

        Assert.Equal(("filled", "0.5000", "5.00"), (
            budget.TextAt("order", "status"), budget.TextAt("order", "filled_quantity"),
            budget.TextAt("order", "quote_quantity")));
        Assert.Equal(("expired", "protection_price", "0.5000"), (
            shielded.TextAt("order", "status"), shielded.TextAt("order", "reason"),
            shielded.TextAt("order", "filled_quantity")));
    }

    [Theory]
    [InlineData("limit", """,{p},{q},"stop_price":"1" """, "stop_price")]
    [InlineData("market", """,{q},"stop_price":"1" """, "stop_price")]
    [InlineData("stop", ",{q}", "stop_price")]
    [InlineData("stop_limit", ",{p},{q}", "stop_price")]
    [InlineData("stop", """,{q},"stop_price":"0" """, "stop_price")]
    [InlineData("stop", """,{p},{q},"stop_price":"1" """, "price")]
    [InlineData("stop_limit", """,{q},"stop_price":"1" """, "price")]
    [InlineData("limit", """,{p},{q},"protection_price":"1" """, "protection_price")]
    [InlineData("stop_limit", """,{p},{q},"stop_price":"1","protection_price":"1" """, "protection_price")]
    [InlineData("market", """,{q},"protection_price":"0" """, "protection_price")]
    [InlineData("limit", """,{p},{q},"expires_at":"2999-01-01T00:00:00Z" """, "expires_at")]
    [InlineData("limit", """,{p},{q},"time_in_force":"gtd" """, "expires_at")]
    [InlineData("limit", """,{p},{q},"time_in_force":"gtd","expires_at":"soon" """, "expires_at")]
    [InlineData("limit", """,{p},{q},"time_in_force":"gtd","expires_at":"1970-01-01T00:00:00Z" """, "expires_at")]
    [InlineData(
        "market", """,{q},"time_in_force":"gtd","expires_at":"2999-01-01T00:00:00Z" """, "time_in_force")]
    [InlineData("limit", """,{p},{q},"display_quantity":"1","time_in_force":"ioc" """, "display_quantity")]
    [InlineData("limit", """,{p},{q},"display_quantity":"1","time_in_force":"fok" """, "display_quantity")]
    [InlineData("market", """,{q},"display_quantity":"1" """, "display_quantity")]
    [InlineData("stop", """,{q},"stop_price":"1","display_quantity":"1" """, "display_quantity")]
    [InlineData("limit", """,{p},{q},"display_quantity":"0" """, "display_quantity")]
    [InlineData("market", """,{q},"quote_quantity":"1" """, "quote_quantity")]
    [InlineData("market", ""","quote_quantity":"1","time_in_force":"fok" """, "quote_quantity")]
    [InlineData("market", ""","quote_quantity":"0" """, "quote_quantity")]
    [InlineData("market", ""","quote_quantity":"0.001" """, "quote_quantity")]
    [InlineData("limit", """,{p},"quote_quantity":"1" """, "quote_quantity")]
    [InlineData("stop_limit", """,{p},"stop_price":"1","quote_quantity":"1" """, "quote_quantity")]
    [InlineData("sell market", ""","quote_quantity":"1" """, "quote_quantity")]
    [InlineData("market", "", "quantity")]
    [InlineData("market", """,{q},"post_only":true""", "post_only")]
    [InlineData("stop_limit", """,{p},{q},"stop_price":"1","post_only":true""", "post_only")]
    public async Task What_does_not_go_together_is_named_and_never_logged(string type, string fields, string field)
    {
        var symbol = await node.NewInstrumentAsync();
        var before = node.Node.AppliedIndex;
        var side = type.StartsWith("sell ", StringComparison.Ordinal) ? "sell" : "buy";
        var body = Body("a1", symbol, side, type.Split(' ')[^1], fields)
            .Replace("{p}", "\"price\":\"1\"").Replace("{q}", "\"quantity\":\"1\"");

        foreach (var path in (string[])["/v1/orders", "/v1/orders/validate"])
        {
            var answer = (await node.Client.PostAsync(path, body)).Expect(400);

            Assert.Contains(answer.Code, (string[])["invalid_field", "missing_field"]);
            Assert.Equal("not_executed", answer.Outcome);
            Assert.Equal(field, answer.TextAt("errors", "0", "field"));
        }

        Assert.Equal(before, node.Node.AppliedIndex);
    }

    [Theory]
    [InlineData("stop_price", "stop", ""","quantity":"1","stop_price":"1.001" """, 422, "invalid_tick")]
    [InlineData(
        "protection_price", "market", ""","quantity":"1","protection_price":"1.001" """, 422, "invalid_tick")]
    [InlineData(
        "display_quantity", "limit", ""","price":"1","quantity":"1","display_quantity":"0.00001" """, 422,
        "invalid_lot")]
    public async Task Options_are_whole_ticks_and_lots(string field, string type, string more, int status, string code)
    {
        var symbol = await node.NewInstrumentAsync();
        var before = node.Node.AppliedIndex;

        var answer = await node.Client.PostAsync("/v1/orders", Body("a1", symbol, "buy", type, more));

        answer.ExpectProblem(status, code);
        Assert.Equal(field, answer.TextAt("errors", "0", "field"));
        Assert.Equal(before, node.Node.AppliedIndex);
    }

    [Fact]
    public async Task A_peak_that_is_larger_than_its_order_or_too_small_a_part_of_it_is_named()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        foreach (var peak in (string[])["2", "0.0099"])
        {
            var answer = await node.Client.PostAsync(
                "/v1/orders",
                NodeFixture.Limit(account, symbol, "buy", "1", "1", $",\"display_quantity\":\"{peak}\""));

            answer.ExpectProblem(400, "invalid_field", "rejected");
            Assert.Equal("display_quantity", answer.TextAt("errors", "0", "field"));
        }
    }

    [Fact]
    public async Task An_atomic_batch_is_placed_whole_or_not_at_all()
    {
        var (account, symbol) = (await node.NewAccountAsync(usd: "100"), await node.NewInstrumentAsync());
        var good = NodeFixture.Limit(account, symbol, "buy", "10", "1");
        var dear = NodeFixture.Limit(account, symbol, "buy", "95", "1");
        var offTick = NodeFixture.Limit(account, symbol, "buy", "1.001", "1");

        var refused = await BatchAsync(good, dear);
        var before = node.Node.AppliedIndex;
        var unsent = await BatchAsync(good, offTick);
        Assert.Equal(before, node.Node.AppliedIndex);
        var placed = await BatchAsync(good, good);

        Assert.Equal(("batch_aborted", "insufficient_funds"), (CodeOf(refused, 0), CodeOf(refused, 1)));
        Assert.Equal("rejected", refused.TextAt("results", "0", "problem", "outcome"));
        Assert.Equal(("batch_aborted", "invalid_tick"), (CodeOf(unsent, 0), CodeOf(unsent, 1)));
        Assert.Equal("not_executed", unsent.TextAt("results", "0", "problem", "outcome"));
        Assert.False(unsent.Json.TryGetProperty("receipt", out _));
        Assert.Equal("open", placed.TextAt("results", "1", "order", "status"));
        var book = (await node.Client.GetAsync($"/v1/instruments/{symbol}/book")).Expect(200);
        Assert.Equal("2.0000", book.TextAt("bids", "0", "1"));
    }

    private static string? CodeOf(Answer batch, int position) =>
        batch.TextAt("results", $"{position}", "problem", "code");

    private static string Body(string account, string symbol, string side, string type, string more) =>
        $$"""{"account_id":"{{account}}","instrument":"{{symbol}}","side":"{{side}}","type":"{{type}}"{{more}}}""";

    private async Task<Answer> BatchAsync(params string[] orders) => (await node.Client.PostAsync(
        "/v1/orders/batch", $$"""{"atomic":true,"orders":[{{string.Join(',', orders)}}]}""")).Expect(200);

    private async Task<Answer> PlaceAsync(string account, string symbol, string side, string type, string more) =>
        (await node.Client.PostAsync("/v1/orders", Body(account, symbol, side, type, more))).Expect(201);

    private async Task TradeAsync(string symbol, string price)
    {
        var (maker, taker) = (await node.NewAccountAsync(), await node.NewAccountAsync());
        await node.PlaceAsync(maker, symbol, "sell", price, "1");
        await node.PlaceAsync(taker, symbol, "buy", price, "1");
    }

    /// <summary>Reads until the order is no longer open; nobody writes meanwhile.</summary>
    private async Task<Answer> UntilClosedAsync(string order)
    {
        using var patience = new CancellationTokenSource(TestClient.Patience);
        while (true)
        {
            var answer = (await node.Client.GetAsync($"/v1/orders/{order}")).Expect(200);
            if (answer.TextAt("order", "status") != "open")
            {
                return answer;
            }

            patience.Token.ThrowIfCancellationRequested();
        }
    }
}
