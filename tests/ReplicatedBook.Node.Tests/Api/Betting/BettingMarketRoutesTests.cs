using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api.Betting;

/// <summary>Goal: markets are created, listed, led through their states and changed only from the version that was
/// seen. Method: over HTTP, on one node.</summary>
public sealed class BettingMarketRoutesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task A_market_shows_all_that_it_was_created_with()
    {
        await node.NewBettorAsync();
        var name = BettingMarkets.NewName();

        var created = (await node.Client.PostAsync(
            "/v1/betting/markets",
            BettingMarkets.Market(
                name, "multi_runner",
                """
                ,"commission_bps":200,"bet_delay_ms":1500,"max_bet_liability":"50","max_account_liability":"80.5"
                """,
                runners: 3))).Expect(201);
        var market = created.TextAt("market_id")!;
        var shown = (await node.Client.GetAsync($"/v1/betting/markets/{market}")).Expect(200);

        foreach (var answer in (Answer[])[created, shown])
        {
            Assert.Equal(
                (name, "multi_runner", "EUR", "0.0100", "50.0000", "80.5000"),
                (answer.TextAt("name"), answer.TextAt("book_type"), answer.TextAt("currency"),
                    answer.TextAt("stake_step"), answer.TextAt("max_bet_liability"),
                    answer.TextAt("max_account_liability")));
            Assert.Equal(
                (200, 1500, 1, "open", "pre"),
                (answer.At("commission_bps").GetInt32(), answer.At("bet_delay_ms").GetInt32(),
                    answer.At("version").GetInt32(), answer.TextAt("state"), answer.TextAt("phase")));
            Assert.Equal($"{market}:3", answer.TextAt("runners", "2", "instrument"));
            Assert.Equal("\"1\"", answer["etag"]);
        }

        Assert.Equal(created.Index, created.At("receipt", "index").GetInt64());
        Assert.False(shown.Json.TryGetProperty("receipt", out _));
    }

    [Fact]
    public async Task Lists_filter_and_turn_pages_that_are_one_picture()
    {
        var (first, second, third) =
            (await node.NewMarketAsync(), await node.NewMarketAsync(), await node.NewMarketAsync());
        (await node.ChangeAsync(second, "state", """{"state":"suspended"}""")).Expect(200);

        var page = (await node.Client.GetAsync("/v1/betting/markets?limit=2&q=match")).Expect(200);
        (await node.ChangeAsync(first, "state", """{"state":"suspended"}""")).Expect(200);
        var next = (await node.Client.GetAsync(
            $"/v1/betting/markets?limit=1&q=match&cursor={page.TextAt("next_cursor")}")).Expect(200);

        Assert.Equal(
            (third, second), (page.TextAt("items", "0", "market_id"), page.TextAt("items", "1", "market_id")));
        Assert.Equal((first, "open"), (next.TextAt("items", "0", "market_id"), next.TextAt("items", "0", "state")));
        Assert.Equal(page.Index, next.Index);
        var suspended = (await node.Client.GetAsync("/v1/betting/markets?state=suspended&phase=pre&order=asc"))
            .Expect(200).At("items").EnumerateArray().Select(item => item.GetProperty("market_id").GetString());
        Assert.Equal([first, second], suspended);
        (await node.Client.GetAsync("/v1/betting/markets?state=odd")).ExpectProblem(400, "invalid_query");
        (await node.Client.GetAsync("/v1/betting/markets/b999")).ExpectProblem(404, "not_found");
        (await node.Client.GetAsync("/v1/betting/markets/1/book")).ExpectProblem(404, "not_found");
        (await node.Client.GetAsync("/v1/betting/markets/b999/trades")).ExpectProblem(404, "not_found");
    }

    [Fact]
    public async Task States_and_phases_follow_and_raise_the_version()
    {
        var (account, market) = (await node.NewBettorAsync(), await node.NewMarketAsync());
        var lapsing = await node.PlaceBetAsync(account, market, 1, "back", "3", "10");
        var persisting = await node.PlaceBetAsync(
            account, market, 1, "back", "3", "10", ",\"persistence\":\"persist\"");

        var awaiting = (await node.ChangeAsync(
            market, "phase", """{"phase":"awaiting_live"}""", ("If-Match", "\"1\""))).Expect(200);
        Assert.Equal(
            ("awaiting_live", 2, 1, 1),
            (awaiting.TextAt("phase"), awaiting.At("version").GetInt32(), awaiting.At("affected").GetInt32(),
                awaiting.At("open_orders").GetInt32()));
        (await node.BetAsync(account, market, 1, "back", "3", "10")).ExpectProblem(422, "market_not_open", "rejected");
        (await node.ChangeAsync(market, "phase", """{"phase":"in_play"}""", ("If-Match", "\"1\"")))
            .ExpectProblem(412, "version_mismatch", "rejected");
        (await node.ChangeAsync(market, "phase", """{"phase":"in_play"}""", ("If-Match", "\"2\""))).Expect(200);

        var gone = (await node.Client.GetAsync($"/v1/orders/{lapsing}")).Expect(200);
        Assert.Equal(("canceled", "lapsed"), (gone.TextAt("order", "status"), gone.TextAt("order", "reason")));
        Assert.Equal(
            ("open", "persist"),
            await StatusAndPersistenceAsync(persisting));
        var closed = (await node.ChangeAsync(market, "state", """{"state":"closed","batch_size":1}""")).Expect(200);
        Assert.Equal(("closed", 1), (closed.TextAt("state"), closed.At("affected").GetInt32()));
    }

    [Fact]
    public async Task A_bet_in_play_waits_for_the_delay_and_is_placed_for_the_version_that_was_seen()
    {
        var account = await node.NewBettorAsync();
        var market = await node.NewMarketAsync(more: ",\"bet_delay_ms\":60000");
        (await node.ChangeAsync(market, "phase", """{"phase":"awaiting_live"}""")).Expect(200);
        (await node.ChangeAsync(market, "phase", """{"phase":"in_play"}""")).Expect(200);

        var stale = await node.BetAsync(account, market, 1, "back", "3", "10", ",\"market_version\":2");
        stale.ExpectProblem(412, "version_mismatch", "rejected");
        Assert.Equal("market_version", stale.TextAt("errors", "0", "field"));
        var waiting = (await node.BetAsync(account, market, 1, "back", "3", "10", ",\"market_version\":3")).Expect(201);
        Assert.Equal("pending", waiting.TextAt("order", "status"));
        Assert.True(waiting.TextAt("order", "due_at")!.CompareTo(waiting.TextAt("order", "created_at")) > 0);

        (await node.ChangeAsync(market, "state", """{"state":"suspended"}""")).Expect(200);
        var canceled = await node.Client.GetAsync($"/v1/orders/{waiting.TextAt("order", "order_id")}");
        Assert.Equal("market_changed", canceled.TextAt("order", "reason"));
    }

    [Fact]
    public async Task Runners_are_added_to_markets_of_many()
    {
        var (account, market) = (await node.NewBettorAsync(), await node.NewMarketAsync("multi_runner"));

        var added = (await node.ChangeAsync(
            market, "runners", """{"runners":[{"runner_id":"7","name":"Late"}]}""")).Expect(200);

        Assert.Equal((3, 2), (added.At("runners").GetArrayLength(), added.At("version").GetInt32()));
        await node.PlaceBetAsync(account, market, 7, "lay", "2", "5");
        var book = (await node.Client.GetAsync($"/v1/betting/markets/{market}/book")).Expect(200);
        Assert.Equal(
            ("2.00", "5.0000", 1),
            (book.TextAt("runners", "2", "lays", "0", "0"), book.TextAt("runners", "2", "lays", "0", "1"),
                book.At("runners", "2", "lays", "0", "2").GetInt32()));
    }

    [Fact]
    public async Task A_runner_that_is_removed_takes_its_bets_with_it()
    {
        var (backer, layer) = (await node.NewBettorAsync(), await node.NewBettorAsync());
        var market = await node.NewMarketAsync("multi_runner", runners: 3);
        var from = node.Node.AppliedIndex + 1;
        await node.PlaceBetAsync(backer, market, 2, "back", "3", "10");
        await node.PlaceBetAsync(layer, market, 2, "lay", "3", "4");
        var path = $"/v1/betting/markets/{market}/runners/2";
        (await node.Client.SendAsync(HttpMethod.Delete, path, null, ("If-Match", "\"9\"")))
            .ExpectProblem(412, "version_mismatch", "rejected");

        var removed = (await node.Client.DeleteAsync(path + "?batch_size=5")).Expect(200);

        Assert.Equal(
            [false, true, false],
            removed.At("runners").EnumerateArray().Select(runner => runner.GetProperty("removed").GetBoolean()));
        Assert.Equal(
            (2, 0, 1), (removed.At("version").GetInt32(), removed.At("open_orders").GetInt32(),
                removed.At("affected").GetInt32()));
        var feed = (await node.Client.GetAsync(
            $"/v1/feed?from_index={from}&types=runner_removed,order_canceled&instrument={market}:2")).Expect(200);
        Assert.Equal(
            ("runner_removed", "2", "runner_removed"),
            (feed.TextAt("items", "0", "type"), feed.TextAt("items", "0", "data", "runner_id"),
                feed.TextAt("items", "1", "data", "reason")));
        Assert.Equal("996.0000", (await node.EurOfAsync(backer)).Available);

        (await node.ChangeAsync(market, "state", """{"state":"closed"}""")).Expect(200);
        (await node.ChangeAsync(market, "settle", """{"winners":["1"]}""")).Expect(200);
        Assert.Equal("1000.0000", (await node.EurOfAsync(backer)).Total);
        Assert.Equal("1000.0000", (await node.EurOfAsync(layer)).Total);
    }

    [Theory]
    [InlineData("\"name\":\"N\"", "\"name\":\"\"", "name")]
    [InlineData("\"two_runner\"", "\"three\"", "book_type")]
    [InlineData("\"runner_id\":\"1\"", "\"runner_id\":\"one\"", "runners[0].runner_id")]
    [InlineData("\"name\":\"R1\"", "\"name\":\"\\u0007\"", "runners[0].name")]
    [InlineData("]}", "],\"commission_bps\":10001}", "commission_bps")]
    [InlineData("]}", "],\"bet_delay_ms\":60001}", "bet_delay_ms")]
    [InlineData("]}", "],\"max_bet_liability\":\"0\"}", "max_bet_liability")]
    [InlineData("]}", "],\"max_account_liability\":\"0.00001\"}", "max_account_liability")]
    [InlineData("]}", "],\"commission_bps\":\"1\"}", "commission_bps")]
    public async Task Bad_terms_never_reach_the_log(string good, string bad, string field)
    {
        await node.NewBettorAsync();
        var before = node.Node.AppliedIndex;

        var terms = BettingMarkets.Market("N").ReplaceLineEndings("").Replace(" ]", "]").Replace(good, bad);
        var answer = await node.Client.PostAsync("/v1/betting/markets", terms);

        answer.ExpectProblem(400, "invalid_field");
        Assert.Equal(field, answer.TextAt("errors", "0", "field"));
        Assert.Equal(before, node.Node.AppliedIndex);
    }

    [Theory]
    [InlineData("state", """{"state":"settled"}""", "state")]
    [InlineData("state", """{"state":"open","lapse_orders":true}""", "lapse_orders")]
    [InlineData("state", """{"state":"open","batch_size":0}""", "batch_size")]
    [InlineData("phase", """{"phase":"pre"}""", "phase")]
    [InlineData("settle", """{"winners":["x"]}""", "winners")]
    [InlineData("settle", """{"winners":"1"}""", "winners")]
    [InlineData("settle", """{"winners":[1]}""", "winners[0]")]
    [InlineData("settle", """{"dead_heat":{"1":"0.1234567"}}""", "dead_heat")]
    [InlineData("settle", """{"dead_heat":{"1":0.5}}""", "dead_heat.1")]
    [InlineData("settle", """{"dead_heat":["1"]}""", "dead_heat")]
    [InlineData("trades/void", "{}", "trade_ids")]
    [InlineData("trades/void", """{"trade_ids":["1"],"since":"2026-01-01T00:00:00Z"}""", "trade_ids")]
    [InlineData("trades/void", """{"trade_ids":["x"]}""", "trade_ids")]
    [InlineData("trades/void", """{"trade_ids":[null]}""", "trade_ids")]
    [InlineData("trades/void", """{"since":"yesterday"}""", "since")]
    [InlineData("orders/cancel", """{"created_from":"now"}""", "created_from")]
    [InlineData("orders/cancel", """{"runner_id":"0"}""", "runner_id")]
    [InlineData("void", """{"batch_size":10001}""", "batch_size")]
    public async Task Bad_changes_never_reach_the_log(string what, string body, string field)
    {
        var market = await node.NewMarketAsync();
        var before = node.Node.AppliedIndex;

        var answer = await node.ChangeAsync(market, what, body);

        answer.ExpectProblem(400, "invalid_field");
        Assert.Equal(field, answer.TextAt("errors", "0", "field"));
        Assert.Equal(before, node.Node.AppliedIndex);
    }

    private async Task<(string? Status, string? Persistence)> StatusAndPersistenceAsync(string bet)
    {
        var shown = (await node.Client.GetAsync($"/v1/orders/{bet}")).Expect(200);
        return (shown.TextAt("order", "status"), shown.TextAt("order", "persistence"));
    }
}
