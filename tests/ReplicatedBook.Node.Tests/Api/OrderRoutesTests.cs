using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

public sealed class OrderRoutesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private const string CancelTaker = ""","stp":"none" """;

    [Fact]
    public async Task A_resting_order_is_shown_with_canonical_digits_and_a_receipt()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());

        var placed = await node.PlaceAsync(account, symbol, "buy", "60000", "0.5", ""","client_order_id":"mm-1" """);

        Assert.Equal("60000.00", placed.TextAt("order", "price"));
        Assert.Equal("0.5000", placed.TextAt("order", "quantity"));
        Assert.Equal("0.5000", placed.TextAt("order", "remaining_quantity"));
        Assert.Equal("30000.00", placed.TextAt("order", "reserved"));
        Assert.Equal("open", placed.TextAt("order", "status"));
        Assert.Equal("mm-1", placed.TextAt("order", "client_order_id"));
        Assert.Equal(("gtc", "cancel_taker"), (placed.TextAt("order", "time_in_force"), placed.TextAt("order", "stp")));
        Assert.False(placed.At("order").TryGetProperty("average_price", out _));
        Assert.False(placed.At("order").TryGetProperty("reason", out _));
        Assert.Equal(placed.Index, placed.At("receipt", "index").GetInt64());
        Assert.Equal($"c{placed.Index}.{placed["rb-term"]}", placed.TextAt("receipt", "command_id"));
        Assert.StartsWith(placed["rb-digest"], placed.TextAt("receipt", "digest"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trade_shows_fills_fee_and_average_price_to_both_sides()
    {
        var symbol = await node.NewInstrumentAsync(makerFeeBps: 0, takerFeeBps: 10);
        var (maker, taker) = (await node.NewAccountAsync(), await node.NewAccountAsync());
        var first = await node.PlaceAsync(maker, symbol, "sell", "100.01", "1");
        var second = await node.PlaceAsync(maker, symbol, "sell", "100.02", "1");

        var bought = await node.PlaceAsync(taker, symbol, "buy", "101", "1.5");

        Assert.Equal("filled", bought.TextAt("order", "status"));
        Assert.Equal(2, bought.At("fills").GetArrayLength());
        Assert.Equal(first.TextAt("order", "order_id"), bought.TextAt("fills", "0", "maker_order_id"));
        Assert.Equal("taker", bought.TextAt("fills", "0", "liquidity"));
        Assert.Equal("USD", bought.TextAt("fills", "0", "fee_asset"));
        // (100.01 + 0.5 * 100.02) / 1.5 = 100.0133..
        Assert.Equal("100.01", bought.TextAt("order", "average_price"));
        var resting = (await node.Client.GetAsync($"/v1/orders/{second.TextAt("order", "order_id")}")).Expect(200);
        Assert.Equal("0.5000", resting.TextAt("order", "filled_quantity"));
        Assert.Equal("maker", resting.TextAt("fills", "0", "liquidity"));
    }

    [Theory]
    [InlineData("ioc", "ioc_remainder")]
    [InlineData("fok", "fok_not_fillable")]
    public async Task An_order_killed_by_its_own_instructions_is_created_and_expired(string timeInForce, string reason)
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());

        var placed = await node.PlaceAsync(
            account, symbol, "buy", "10", "1", $$""","time_in_force":"{{timeInForce}}" """);

        Assert.Equal(("expired", reason), (placed.TextAt("order", "status"), placed.TextAt("order", "reason")));
    }

    [Fact]
    public async Task A_market_order_needs_no_price_and_takes_none()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        await node.PlaceAsync(account, symbol, "sell", "10", "1");
        var body =
            $$"""
            {"account_id":"{{account}}","instrument":"{{symbol}}","side":"buy","type":"market","quantity":"1",
             "stp":"none"}
            """;

        var placed = (await node.Client.PostAsync("/v1/orders", body)).Expect(201);

        Assert.Equal(("filled", "market"), (placed.TextAt("order", "status"), placed.TextAt("order", "type")));
        Assert.False(placed.At("order").TryGetProperty("price", out _));
        (await node.Client.PostAsync("/v1/orders", body.Replace("\"quantity\"", "\"price\":\"10\",\"quantity\"")))
            .ExpectProblem(400, "invalid_field");
    }

    [Theory]
    [InlineData("10.001", "1", 422, "invalid_tick")]
    [InlineData("10.00", "0.00001", 422, "invalid_lot")]
    [InlineData("0", "1", 400, "invalid_field")]
    [InlineData("10", "0.0000", 400, "invalid_field")]
    [InlineData("1e5", "1", 400, "invalid_field")]
    [InlineData("-1", "1", 400, "invalid_field")]
    [InlineData("+1", "1", 400, "invalid_field")]
    [InlineData("01", "1", 400, "invalid_field")]
    [InlineData("1.", "1", 400, "invalid_field")]
    [InlineData(".5", "1", 400, "invalid_field")]
    [InlineData(" 1", "1", 400, "invalid_field")]
    [InlineData("NaN", "1", 400, "invalid_field")]
    [InlineData("1000000000000000000", "1", 400, "invalid_field")]
    [InlineData("999999999999999999", "1", 400, "invalid_field")]
    [InlineData("1", "1.0000000000000", 400, "invalid_field")]
    [Trait("MatchingScenario", "82 tick_violation")]
    [Trait("MatchingScenario", "83 lot_violation")]
    public async Task A_number_that_is_no_multiple_or_no_number_never_reaches_the_log(
        string price, string quantity, int status, string code)
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var before = node.Node.AppliedIndex;

        (await node.Client.PostAsync("/v1/orders", NodeFixture.Limit(account, symbol, "buy", price, quantity)))
            .ExpectProblem(status, code);

        Assert.Equal(before, node.Node.AppliedIndex);
    }

    [Theory]
    [InlineData("persistence", "\"lapse\"")]
    [InlineData("market_version", "7")]
    [InlineData("min_fill_quantity", "\"1\"")]
    public async Task Fields_of_bets_are_named_and_refused_on_orders(string field, string value)
    {
        var answer = await node.Client.PostAsync(
            "/v1/orders", NodeFixture.Limit("a1", "X", "buy", "1", "1", $",\"{field}\":{value}"));

        answer.ExpectProblem(400, "invalid_field");
        Assert.Equal(field, answer.TextAt("errors", "0", "field"));
    }

    [Fact]
    public async Task Refusals_of_the_exchange_are_problems_with_the_index_of_the_command()
    {
        var (poor, symbol) = (await node.NewAccountAsync(usd: "12.50"), await node.NewInstrumentAsync());

        var answer = await node.Client.PostAsync("/v1/orders", NodeFixture.Limit(poor, symbol, "buy", "57", "1"));

        answer.ExpectProblem(422, "insufficient_funds", "rejected");
        Assert.Equal("needs 57.00 USD, available 12.50 USD", answer.TextAt("detail"));
        Assert.Equal(answer.Index, answer.At("index").GetInt64());
        Assert.Equal(node.Node.AppliedIndex, answer.Index);
        Assert.False(answer.At("retryable").GetBoolean());
    }

    [Fact]
    public async Task Post_only_is_refused_when_it_would_take_and_when_it_makes_no_sense()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        await node.PlaceAsync(account, symbol, "sell", "10", "1");

        (await node.Client.PostAsync(
            "/v1/orders", NodeFixture.Limit(account, symbol, "buy", "10", "1", ""","post_only":true""")))
            .ExpectProblem(422, "post_only_would_take", "rejected");
        (await node.Client.PostAsync(
            "/v1/orders",
                NodeFixture.Limit(account, symbol, "buy", "1", "1", ""","post_only":true,"time_in_force":"ioc" """)))
            .ExpectProblem(400, "invalid_field");
    }

    [Fact]
    public async Task Unknown_instruments_and_accounts_are_not_found_without_a_log_entry()
    {
        var symbol = await node.NewInstrumentAsync();
        var before = node.Node.AppliedIndex;

        (await node.Client.PostAsync("/v1/orders", NodeFixture.Limit("a1", "NONE", "buy", "1", "1")))
            .ExpectProblem(404, "not_found");
        (await node.Client.PostAsync("/v1/orders", NodeFixture.Limit("zzz", symbol, "buy", "1", "1")))
            .ExpectProblem(404, "not_found");
        Assert.Equal(before, node.Node.AppliedIndex);
        (await node.Client.PostAsync("/v1/orders", NodeFixture.Limit("a999999", symbol, "buy", "1", "1")))
            .ExpectProblem(404, "not_found", "rejected");
    }

    [Fact]
    public async Task An_amendment_changes_price_and_quantity_and_checks_what_remains()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var id = (await node.PlaceAsync(account, symbol, "buy", "10", "2")).TextAt("order", "order_id");

        var amended = (await node.Client.PatchAsync($"/v1/orders/{id}", """{"price":"9.5","quantity":"1"}"""))
            .Expect(200);

        Assert.Equal(("9.50", "1.0000"), (amended.TextAt("order", "price"), amended.TextAt("order", "quantity")));
        (await node.Client.PatchAsync($"/v1/orders/{id}", """{"quantity":"0.5","expected_remaining":"2"}"""))
            .ExpectProblem(412, "version_mismatch", "rejected");
        (await node.Client.PatchAsync($"/v1/orders/{id}", "{}")).ExpectProblem(400, "missing_field");
        (await node.Client.PatchAsync($"/v1/orders/{id}", """{"price":"9.555"}""")).ExpectProblem(422, "invalid_tick");
        (await node.Client.PatchAsync("/v1/orders/999999", """{"price":"1"}""")).ExpectProblem(404, "not_found");
        (await node.Client.PatchAsync("/v1/orders/x", """{"price":"1"}""")).ExpectProblem(404, "not_found");
    }

    [Fact]
    public async Task A_canceled_order_cannot_be_canceled_again_and_its_final_state_is_shown()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var id = (await node.PlaceAsync(account, symbol, "buy", "10", "2")).TextAt("order", "order_id");

        var canceled = (await node.Client.DeleteAsync($"/v1/orders/{id}")).Expect(200);
        var again = await node.Client.DeleteAsync($"/v1/orders/{id}");

        Assert.Equal(
            ("canceled", "user_request"), (canceled.TextAt("order", "status"), canceled.TextAt("order", "reason")));
        again.ExpectProblem(409, "order_not_open", "rejected");
        Assert.Equal("canceled", again.TextAt("order", "status"));
        (await node.Client.DeleteAsync("/v1/orders/999999")).ExpectProblem(404, "not_found", "rejected");
    }

    [Fact]
    public async Task Orders_are_found_and_canceled_by_client_id()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        await node.PlaceAsync(account, symbol, "buy", "10", "2", ""","client_order_id":"by-id" """);
        var path = $"/v1/orders/by_client_id/by-id?account_id={account}";

        Assert.Equal("open", (await node.Client.GetAsync(path)).Expect(200).TextAt("order", "status"));
        Assert.Equal("canceled", (await node.Client.DeleteAsync(path)).Expect(200).TextAt("order", "status"));
        (await node.Client.GetAsync($"/v1/orders/by_client_id/none?account_id={account}"))
            .ExpectProblem(404, "not_found");
        await node.NewAccountAsync();
        (await node.Client.GetAsync("/v1/orders/by_client_id/by-id")).ExpectProblem(400, "missing_field");
    }

    [Theory]
    [InlineData("slash/ed")]
    [InlineData("per%cent")]
    [InlineData("both%2Fof/them")]
    [InlineData("twice%252f")]
    public async Task A_client_id_may_hold_any_character_once_it_is_encoded(string id)
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var placed = await node.PlaceAsync(account, symbol, "buy", "1", "1", $$""","client_order_id":"{{id}}" """);
        var path = $"/v1/orders/by_client_id/{Uri.EscapeDataString(id)}?account_id={account}";

        var found = (await node.Client.GetAsync(path)).Expect(200);

        Assert.Equal(placed.TextAt("order", "order_id"), found.TextAt("order", "order_id"));
        (await node.Client.DeleteAsync(path)).Expect(200);
    }

    [Fact]
    public async Task A_mass_cancel_takes_only_what_fits()
    {
        var account = await node.NewAccountAsync();
        var (one, other) = (await node.NewInstrumentAsync(), await node.NewInstrumentAsync());
        var buy = (await node.PlaceAsync(account, one, "buy", "10", "1")).TextAt("order", "order_id");
        await node.PlaceAsync(account, one, "sell", "20", "1");
        await node.PlaceAsync(account, other, "buy", "10", "1");

        var first = (await node.Client.DeleteAsync($"/v1/orders?account_id={account}&instrument={one}&side=buy"))
            .Expect(200);
        var rest = (await node.Client.DeleteAsync($"/v1/orders?account_id={account}")).Expect(200);

        Assert.Equal((1, buy), (first.At("canceled").GetInt32(), first.TextAt("order_ids", "0")));
        Assert.Equal(2, rest.At("canceled").GetInt32());
        (await node.Client.DeleteAsync($"/v1/orders?account_id={account}&side=up")).ExpectProblem(400, "invalid_query");
        (await node.Client.DeleteAsync($"/v1/orders?account_id={account}&instrument=NONE"))
            .ExpectProblem(404, "not_found");
    }

    [Fact]
    public async Task A_batch_shares_an_index_and_gives_each_order_its_own_result()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var orders = string.Join(
            ",", NodeFixture.Limit(account, symbol, "buy", "10", "1"),
                NodeFixture.Limit(account, symbol, "buy", "10.001", "1"),
            NodeFixture.Limit(account, "NONE", "buy", "10", "1"),
                NodeFixture.Limit(account, symbol, "buy", "99999999", "1"));
        var before = node.Node.AppliedIndex;

        var batch = (await node.Client.PostAsync("/v1/orders/batch", $$"""{"orders":[{{orders}}]}""")).Expect(200);

        Assert.Equal(before + 1, node.Node.AppliedIndex);
        Assert.Equal(
            [201, 422, 404, 422],
            batch.At("results").EnumerateArray().Select(result => result.GetProperty("status").GetInt32()));
        Assert.Equal(
            [0, 1, 2, 3], batch.At("results").EnumerateArray().Select(result => result.GetProperty("seq").GetInt32()));
        Assert.Equal("invalid_tick", batch.TextAt("results", "1", "problem", "code"));
        Assert.Equal("not_executed", batch.TextAt("results", "1", "problem", "outcome"));
        Assert.Equal("insufficient_funds", batch.TextAt("results", "3", "problem", "code"));
        Assert.Equal("rejected", batch.TextAt("results", "3", "problem", "outcome"));
        Assert.Equal(before + 1, batch.At("receipt", "index").GetInt64());
    }

    [Fact]
    public async Task A_batch_is_refused_whole_when_it_is_misshapen()
    {
        var order = NodeFixture.Limit("a1", "X", "buy", "10", "1");
        var many = string.Join(",", Enumerable.Repeat(order, 101));

        (await node.Client.PostAsync("/v1/orders/batch", """{"orders":[]}""")).ExpectProblem(400, "invalid_field");
        (await node.Client.PostAsync("/v1/orders/batch", $$"""{"orders":[{{many}}]}"""))
            .ExpectProblem(400, "invalid_field");
        (await node.Client.PostAsync("/v1/orders/batch", """{"orders":[null]}""")).ExpectProblem(400, "missing_field");
        var wrong = await node.Client.PostAsync("/v1/orders/batch", $$"""{"orders":[{{order}},{"side":"up"}]}""");
        wrong.ExpectProblem(400, "missing_field");
        Assert.Contains("orders[1].instrument", wrong.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Self_trades_are_prevented_as_asked()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        await node.PlaceAsync(account, symbol, "sell", "10", "1");

        var taker = await node.PlaceAsync(account, symbol, "buy", "10", "1");
        var both = await node.PlaceAsync(account, symbol, "buy", "10", "1", CancelTaker);

        Assert.Equal(("canceled", "self_trade"), (taker.TextAt("order", "status"), taker.TextAt("order", "reason")));
        Assert.Equal("filled", both.TextAt("order", "status"));
        (await node.Client.PostAsync(
            "/v1/orders", NodeFixture.Limit(account, symbol, "buy", "1", "1", ""","stp":"maybe" """)))
            .ExpectProblem(400, "invalid_field");
    }
}
