using System.Text.Json;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api.Betting;

/// <summary>Goal: bets are placed, read, reduced and canceled on the routes of orders. Method: over HTTP, on one
/// node.</summary>
public sealed class BetRoutesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Bets_on_both_runners_match_implied_and_are_shown_with_exact_amounts()
    {
        var (first, second) = (await node.NewBettorAsync(), await node.NewBettorAsync());
        var market = await node.NewMarketAsync();
        var maker = await node.PlaceBetAsync(first, market, 1, "back", "3", "10");
        await node.PlaceBetAsync(second, market, 2, "back", "1.52", "20");

        var taken = (await node.BetAsync(second, market, 2, "back", "1.49", "20")).Expect(201);

        Assert.Equal(
            ("filled", "back", "1.49", "20.0000", "20.0000", "0.0000", "1.50", $"{market}:2", "lapse"),
            (taken.TextAt("order", "status"), taken.TextAt("order", "side"), taken.TextAt("order", "price"),
                taken.TextAt("order", "quantity"), taken.TextAt("order", "filled_quantity"),
                taken.TextAt("order", "reserved"), taken.TextAt("order", "average_price"),
                taken.TextAt("order", "instrument"), taken.TextAt("order", "persistence")));
        Assert.Equal(
            ("1.50", "20.0000", "10.0000", true, "taker", maker),
            (taken.TextAt("fills", "0", "price"), taken.TextAt("fills", "0", "quantity"),
                taken.TextAt("fills", "0", "liability"), taken.At("fills", "0", "implied").GetBoolean(),
                taken.TextAt("fills", "0", "liquidity"), taken.TextAt("fills", "0", "maker_order_id")));
        var resting = (await node.Client.GetAsync($"/v1/orders/{maker}")).Expect(200);
        Assert.Equal(
            ("3.00", "10.0000", "20.0000", "maker"),
            (resting.TextAt("fills", "0", "price"), resting.TextAt("fills", "0", "quantity"),
                resting.TextAt("fills", "0", "liability"), resting.TextAt("fills", "0", "liquidity")));
        var trade = (await node.Client.GetAsync($"/v1/betting/markets/{market}/trades")).Expect(200);
        Assert.Equal(
            ("3.00", $"{market}:1", "10.0000", $"{market}:2", "20.0000"),
            (trade.TextAt("items", "0", "price"), trade.TextAt("items", "0", "maker_instrument"),
                trade.TextAt("items", "0", "maker_amount"), trade.TextAt("items", "0", "taker_instrument"),
                trade.TextAt("items", "0", "taker_amount")));
        var book = (await node.Client.GetAsync($"/v1/betting/markets/{market}/book?depth=1")).Expect(200);
        Assert.Equal("1.52", book.TextAt("runners", "1", "backs", "0", "0"));
        Assert.Equal(("980.0000", "960.0000"), await node.EurOfAsync(second));
    }

    [Fact]
    public async Task A_repeat_by_client_id_or_by_key_is_the_first_bet()
    {
        var (account, market) = (await node.NewBettorAsync(), await node.NewMarketAsync());
        const string Named = ",\"client_order_id\":\"mine\"";

        var first = await node.PlaceBetAsync(account, market, 1, "back", "3", "10", Named);
        var again = (await node.BetAsync(account, market, 1, "back", "3", "10", Named)).Expect(200);
        Assert.Equal((first, "true"), (again.TextAt("order", "order_id"), again["idempotency-replayed"]));
        (await node.BetAsync(account, market, 1, "back", "3.05", "10", Named))
            .ExpectProblem(409, "duplicate_client_order_id", "rejected");

        var body = BettingMarkets.Bet(account, market, 1, "lay", "2.9", "10");
        var keyed = (await node.Client.PostAsync("/v1/orders", body, ("Idempotency-Key", "bet-1"))).Expect(201);
        var replayed = (await node.Client.PostAsync("/v1/orders", body, ("Idempotency-Key", "bet-1"))).Expect(201);
        Assert.Equal(keyed.TextAt("order", "order_id"), replayed.TextAt("order", "order_id"));
        Assert.Equal("true", replayed["idempotency-replayed"]);
        var command = (await node.Client.GetAsync("/v1/commands/bet-1")).Expect(200);
        Assert.Equal(
            ("committed", $"{market}:1"),
            (command.TextAt("state"), command.TextAt("result", "order", "instrument")));

        var byName = (await node.Client.GetAsync($"/v1/orders/by_client_id/mine?account_id={account}")).Expect(200);
        Assert.Equal(first, byName.TextAt("order", "order_id"));
        var canceled = (await node.Client.DeleteAsync($"/v1/orders/by_client_id/mine?account_id={account}"))
            .Expect(200);
        Assert.Equal(("canceled", "user_request"), (
            canceled.TextAt("order", "status"), canceled.TextAt("order", "reason")));
        (await node.Client.DeleteAsync($"/v1/orders/by_client_id/mine?account_id={account}"))
            .ExpectProblem(409, "order_not_open", "rejected");
    }

    [Fact]
    public async Task A_bet_is_reduced_and_canceled_by_its_id()
    {
        var (account, market) = (await node.NewBettorAsync(), await node.NewMarketAsync());
        var bet = await node.PlaceBetAsync(account, market, 1, "lay", "3", "10");

        var reduced = (await node.Client.PostAsync($"/v1/orders/{bet}/reduce", """{"reduction":"6"}""")).Expect(200);
        Assert.Equal(
            ("open", "10.0000", "4.0000", "8.0000"),
            (reduced.TextAt("order", "status"), reduced.TextAt("order", "quantity"),
                reduced.TextAt("order", "remaining_quantity"), reduced.TextAt("order", "reserved")));
        var amended = await node.Client.PatchAsync($"/v1/orders/{bet}", """{"quantity":"1"}""");
        amended.ExpectProblem(400, "invalid_field");
        (await node.Client.PatchAsync("/v1/orders/99999999", """{"quantity":"1"}""")).ExpectProblem(404, "not_found");

        (await node.Client.DeleteAsync($"/v1/orders/{bet}")).Expect(200);
        var twice = await node.Client.DeleteAsync($"/v1/orders/{bet}");
        twice.ExpectProblem(409, "order_not_open", "rejected");
        Assert.Equal(("canceled", "lay"), (twice.TextAt("order", "status"), twice.TextAt("order", "side")));
        Assert.Equal(("1000.0000", "1000.0000"), await node.EurOfAsync(account));
    }

    [Fact]
    public async Task Bets_of_an_account_are_canceled_by_market_runner_and_side_and_no_orders_with_them()
    {
        var (account, symbol) = (await node.NewBettorAsync(), await node.NewInstrumentAsync());
        (await node.Client.PostAsync($"/v1/accounts/{account}/deposits", """{"asset":"USD","amount":"10"}"""))
            .Expect(201);
        var (market, other) = (await node.NewMarketAsync(), await node.NewMarketAsync());
        var order = (await node.PlaceAsync(account, symbol, "buy", "1", "1")).TextAt("order", "order_id")!;
        var backs = await node.PlaceBetAsync(account, market, 1, "back", "3", "10");
        var lays = await node.PlaceBetAsync(account, market, 1, "lay", "2", "10");
        var second = await node.PlaceBetAsync(account, market, 2, "back", "3", "10");
        var elsewhere = await node.PlaceBetAsync(account, other, 1, "back", "3", "10");

        Assert.Equal([lays], await CanceledAsync($"instrument={market}:1&side=lay"));
        Assert.Equal([backs], await CanceledAsync($"instrument={market}:1"));
        Assert.Equal([second], await CanceledAsync($"instrument={market}"));
        Assert.Equal([elsewhere], await CanceledAsync("type=runner"));
        Assert.Equal([order], await CanceledAsync("side=buy"));
        (await node.Client.DeleteAsync($"/v1/orders?account_id={account}&type=runner&side=buy"))
            .ExpectProblem(400, "invalid_query");
        (await node.Client.DeleteAsync($"/v1/orders?account_id={account}&type=runner&instrument=BTC-USD"))
            .ExpectProblem(404, "not_found");

        async Task<IEnumerable<string?>> CanceledAsync(string filter) =>
            [.. (await node.Client.DeleteAsync($"/v1/orders?account_id={account}&{filter}")).Expect(200)
                .At("order_ids").EnumerateArray().Select(id => id.GetString())];
    }

    [Fact]
    public async Task Open_and_completed_bets_are_listed_newest_first_in_pages()
    {
        var (account, other) = (await node.NewBettorAsync(), await node.NewBettorAsync());
        var market = await node.NewMarketAsync();
        var bets = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            bets.Add(await node.PlaceBetAsync(account, market, 1, "back", "3", "10"));
        }

        var foreign = await node.PlaceBetAsync(other, market, 1, "back", "3", "10");
        Assert.Equal([foreign, bets[2], bets[1], bets[0]], await ListedAsync($"market_id={market}"));
        Assert.Equal([bets[2], bets[1], bets[0]], await ListedAsync($"account_id={account}"));
        (await node.Client.DeleteAsync($"/v1/orders/{bets[2]}")).Expect(200);
        (await node.Client.DeleteAsync($"/v1/orders/{bets[0]}")).Expect(200);
        (await node.Client.DeleteAsync($"/v1/orders/{foreign}")).Expect(200);

        Assert.Equal([bets[1]], await ListedAsync($"market_id={market}"));
        Assert.Equal([foreign, bets[0], bets[2]], await ListedAsync($"market_id={market}&status=closed"));
        var closed = $"/v1/betting/orders?market_id={market}&account_id={account}&status=closed&limit=1";
        var page = (await node.Client.GetAsync(closed)).Expect(200);
        (await node.Client.DeleteAsync($"/v1/orders/{bets[1]}")).Expect(200);
        var next = (await node.Client.GetAsync($"{closed}&cursor={page.TextAt("next_cursor")}")).Expect(200);
        Assert.Equal(
            (bets[0], bets[2], false),
            (page.TextAt("items", "0", "order_id"), next.TextAt("items", "0", "order_id"),
                next.Json.TryGetProperty("next_cursor", out _)));
        (await node.Client.GetAsync("/v1/betting/orders?order=asc")).ExpectProblem(400, "invalid_query");
        (await node.Client.GetAsync("/v1/betting/orders?market_id=b999")).ExpectProblem(404, "not_found");

        async Task<IEnumerable<string?>> ListedAsync(string filter) =>
            [.. (await node.Client.GetAsync($"/v1/betting/orders?{filter}")).Expect(200)
                .At("items").EnumerateArray().Select(bet => bet.GetProperty("order_id").GetString())];
    }

    [Fact]
    public async Task The_feed_tells_of_bets_and_is_narrowed_to_a_runner()
    {
        var (first, second) = (await node.NewBettorAsync(), await node.NewBettorAsync());
        var start = node.Node.AppliedIndex + 1;
        var market = await node.NewMarketAsync();
        var bet = await node.PlaceBetAsync(first, market, 1, "back", "3", "10");
        await node.PlaceBetAsync(second, market, 2, "back", "1.5", "8");
        (await node.Client.PostAsync($"/v1/orders/{bet}/reduce", """{"reduction":"1"}""")).Expect(200);
        (await node.BetAsync(first, market, 2, "back", "3", "10000"))
            .ExpectProblem(422, "insufficient_funds", "rejected");
        (await node.ChangeAsync(market, "state", """{"state":"closed"}""")).Expect(200);
        (await node.ChangeAsync(market, "settle", """{"winners":["1"]}""")).Expect(200);

        var items = await FeedAsync("");
        Assert.Equal(
            ["market_changed", "runner_added", "runner_added", "batch_end"],
            items.Select(Type).Where(type => type != "audit_recorded").SkipWhile(type => type == "batch_end").Take(4));
        var trade = Data(items, "trade");
        Assert.Equal(
            ($"{market}:1", "3.00", "4.0000", $"{market}:2", "8.0000", "6.0000"),
            (Text(trade, "instrument"), Text(trade, "price"), Text(trade, "quantity"), Text(trade, "taker_instrument"),
                Text(trade, "taker_quantity"), Text(trade, "maker_remaining_quantity")));
        Assert.Equal("5.0000", Text(Data(items, "order_reduced"), "remaining_quantity"));
        Assert.Equal("insufficient_funds", Text(Data(items, "order_rejected"), "code"));
        Assert.Equal("market_closed", Text(Data(items, "order_canceled"), "reason"));
        Assert.Equal(("4.0000", "12.0000"), (
            Text(Data(items, "settled"), "staked"), Text(Data(items, "settled"), "paid")));
        Assert.Equal("cancel_all", Text(Data(items, "market_batch"), "work"));
        Assert.Equal(
            [$"{market}:1"],
            (await FeedAsync($"&instrument={market}:1&types=order_accepted,balance_changed"))
                .Select(item => Text(item.GetProperty("data"), "instrument")));
        Assert.Equal(2, (await FeedAsync($"&instrument={market}&types=order_accepted")).Count);
        Assert.Single(await FeedAsync($"&account_id={second}&types=settled"));
        (await node.Client.GetAsync("/v1/feed?instrument=c1:1")).ExpectProblem(404, "not_found");

        async Task<List<JsonElement>> FeedAsync(string more) =>
            [.. (await node.Client.GetAsync($"/v1/feed?from_index={start}&limit=1000{more}")).Expect(200)
                .At("items").EnumerateArray()];
    }

    [Theory]
    [InlineData("\"price\":\"3\"", "\"price\":\"3.01\"", 422, "invalid_tick")]
    [InlineData("\"price\":\"3\"", "\"price\":\"1\"", 422, "invalid_tick")]
    [InlineData("\"price\":\"3\"", "\"price\":\"1010\"", 422, "invalid_tick")]
    [InlineData("\"price\":\"3\",", "", 400, "missing_field")]
    [InlineData("\"quantity\":\"10\"", "\"quantity\":\"10.001\"", 422, "invalid_lot")]
    [InlineData("\"quantity\":\"10\"", "\"quantity\":\"0\"", 400, "invalid_field")]
    [InlineData("\"quantity\":\"10\"", "\"quantity\":\"999999999999999999\"", 400, "invalid_field")]
    [InlineData("\"type\":\"limit\"", "\"type\":\"market\"", 400, "invalid_field")]
    [InlineData("}", ",\"time_in_force\":\"gtd\"}", 400, "invalid_field")]
    [InlineData("}", ",\"persistence\":\"keep\"}", 400, "invalid_field")]
    [InlineData("}", ",\"market_version\":0}", 400, "invalid_field")]
    [InlineData("}", ",\"min_fill_quantity\":\"1\"}", 400, "invalid_field")]
    [InlineData("}", ",\"post_only\":true}", 400, "invalid_field")]
    [InlineData("}", ",\"display_quantity\":\"1\"}", 400, "invalid_field")]
    [InlineData("}", ",\"stop_price\":\"1.5\"}", 400, "invalid_field")]
    [InlineData(":1\"", ":0\"", 404, "not_found")]
    [InlineData("\"instrument\":\"b", "\"instrument\":\"x", 404, "not_found")]
    [InlineData("\"instrument\":\"b", "\"instrument\":\"b9999", 404, "not_found")]
    [InlineData("\"instrument\":\"b", "\"instrument\":\" b", 400, "invalid_field")]
    public async Task A_bad_bet_never_reaches_the_log(string good, string bad, int status, string code)
    {
        var (account, market) = (await node.NewBettorAsync(), await node.NewMarketAsync());
        var before = node.Node.AppliedIndex;

        (await node.Client.PostAsync(
            "/v1/orders", BettingMarkets.Bet(account, market, 1, "back", "3", "10").Replace(good, bad)))
            .ExpectProblem(status, code);

        Assert.Equal(before, node.Node.AppliedIndex);
    }

    private static JsonElement Data(IEnumerable<JsonElement> items, string type) =>
        items.First(item => Type(item) == type).GetProperty("data");

    private static string? Type(JsonElement item) => Text(item, "type");

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
