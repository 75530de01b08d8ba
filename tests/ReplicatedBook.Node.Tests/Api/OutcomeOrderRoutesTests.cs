using System.Text.Json;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>Orders on outcomes in their own terms and in the book's, what accounts hold, and the feed.</summary>
public sealed class OutcomeOrderRoutesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task An_order_on_no_is_shown_in_its_own_terms_and_in_the_books()
    {
        var account = await node.NewAccountAsync();
        await node.OpenAsync("terms", "YES", "NO");

        var bid = (await node.PlaceAsync(account, "terms:NO", "buy", "0.30", "5")).At("order");

        Assert.Equal(
            ["terms:NO", "buy", "0.30", "sell", "0.70", "1.50"],
            new[] { "instrument", "side", "price", "canonical_side", "canonical_price", "reserved" }
                .Select(name => bid.GetProperty(name).GetString()));
        var yes = (await node.PlaceAsync(account, "terms:YES", "buy", "0.20", "7")).At("order");
        Assert.Equal(
            ("buy", "0.20"),
            (yes.GetProperty("canonical_side").GetString(), yes.GetProperty("canonical_price").GetString()));
        var read = await node.Client.GetAsync($"/v1/orders/{bid.GetProperty("order_id").GetString()}");
        Assert.Equal("0.70", read.Expect(200).TextAt("order", "canonical_price"));
        var spot = await node.NewInstrumentAsync();
        var plain = (await node.PlaceAsync(account, spot, "buy", "1", "1")).At("order");
        Assert.False(plain.TryGetProperty("canonical_side", out _));

        var books = (await node.Client.GetAsync("/v1/markets/terms/book?depth=5")).Expect(200);
        Assert.Equal(
            """[["0.20","7",1]] [["0.70","5",1]] [["0.30","5",1]] [["0.80","7",1]]""",
            string.Join(' ', new[] { "0", "1" }.SelectMany(outcome => new[] { "bids", "asks" }
                .Select(side => books.At("outcomes", outcome, side).GetRawText()))));
        var one = (await node.Client.GetAsync("/v1/markets/terms/book?outcome=NO&level=3")).Expect(200);
        Assert.Equal(("NO", "terms:NO"), (one.TextAt("outcome"), one.TextAt("instrument")));
        Assert.Equal(bid.GetProperty("order_id").GetString(), one.TextAt("bids", "0", "2"));
        Assert.False(one.Json.TryGetProperty("outcomes", out _));
        var plainBook = (await node.Client.GetAsync("/v1/instruments/terms:NO/book")).Expect(200);
        Assert.Equal(plainBook.At("checksum").GetInt64(), books.At("outcomes", "1", "checksum").GetInt64());
        (await node.Client.GetAsync("/v1/markets/terms/book?outcome=X")).ExpectProblem(422, "invalid_outcome");
        (await node.Client.GetAsync("/v1/markets/none/book")).ExpectProblem(404, "not_found");
        (await node.Client.GetAsync("/v1/markets/none")).ExpectProblem(404, "not_found");
    }

    [Theory]
    [InlineData("1.00", 400, "invalid_field", "rejected")]
    [InlineData("0.005", 422, "invalid_tick", "not_executed")]
    public async Task A_price_lies_between_nothing_and_one(string price, int status, string code, string outcome)
    {
        var account = await node.NewAccountAsync();
        var id = $"price-{status}";
        await node.OpenAsync(id, "YES", "NO");

        (await node.Client.PostAsync("/v1/orders", NodeFixture.Limit(account, $"{id}:NO", "buy", price, "1")))
            .ExpectProblem(status, code, outcome);
        (await node.Client.PostAsync($"/v1/orders", NodeFixture.Limit(account, $"{id}:NO", "sell", "0.50", "1")))
            .ExpectProblem(422, "insufficient_funds", "rejected");
        (await node.Client.PostAsync(
            $"/v1/accounts/{account}/deposits", $$"""{"asset":"{{id}}:NO","amount":"1"}"""))
            .ExpectProblem(400, "invalid_field", "rejected");
    }

    [Fact]
    public async Task Two_buyers_mint_and_two_sellers_merge_and_positions_say_what_it_is_worth()
    {
        var (a, b) = (await node.NewAccountAsync(usd: "100"), await node.NewAccountAsync(usd: "100"));
        await node.OpenAsync("mint", "YES", "NO");
        await node.PlaceAsync(a, "mint:YES", "buy", "0.60", "10");

        var minted = await node.PlaceAsync(b, "mint:NO", "buy", "0.45", "10");

        Assert.Equal(("filled", "0.40"), (minted.TextAt("order", "status"), minted.TextAt("fills", "0", "price")));
        var market = (await node.Client.GetAsync("/v1/markets/mint")).Expect(200);
        Assert.Equal(
            ("10", "10.00", "0.60", "0.40"),
            (market.TextAt("open_interest"), market.TextAt("collateral_locked"),
                market.TextAt("outcomes", "0", "last_price"), market.TextAt("outcomes", "1", "last_price")));
        Assert.Equal(
            "mint:YES 10 0 0.60 6.00 0.00 - 0.00 -6.00", await PositionAsync(a)); // Nothing is bid or asked.
        await node.PlaceAsync(a, "mint:YES", "buy", "0.50", "1");
        await node.PlaceAsync(b, "mint:NO", "sell", "0.45", "4"); // An ask of NO is a bid of YES at 0.55.
        await node.PlaceAsync(a, "mint:YES", "sell", "0.58", "4");
        Assert.Equal("mint:YES 10 4 0.60 6.00 0.00 0.565 5.65 -0.35", await PositionAsync(a));

        var merged = await node.PlaceAsync(a, "mint:YES", "sell", "0.55", "4");

        Assert.Equal("0.55", merged.TextAt("fills", "0", "price"));
        Assert.Equal("mint:YES 6 4 0.60 3.60 -0.20 0.540 3.24 -0.36", await PositionAsync(a));
        Assert.Equal("6.00", (await node.Client.GetAsync("/v1/markets/mint")).TextAt("collateral_locked"));
        var portfolio = (await node.Client.GetAsync($"/v1/accounts/{a}/portfolio")).Expect(200);
        var usd = portfolio.At("totals").EnumerateArray().Single(
            total => total.GetProperty("asset").GetString() == "USD");
        Assert.Equal(
            """{"asset":"USD","cash":"96.20","positions":"3.24","total":"99.44"}""", usd.GetRawText());
        Assert.Equal("96.20", portfolio.TextAt("balances", "0", "total"));
        Assert.Equal("mint:YES", portfolio.TextAt("positions", "0", "instrument"));
        await node.ConservedAsync();
        var at = (await node.Client.GetAsync($"/v1/audit/conservation?at_index={merged.Index}")).Expect(200);
        Assert.Equal((merged.Index, true), (at.At("index").GetInt64(), at.At("ok").GetBoolean()));
        (await node.Client.GetAsync("/v1/accounts/a999999/positions")).ExpectProblem(404, "not_found");
        (await node.Client.GetAsync("/v1/accounts/x/portfolio")).ExpectProblem(404, "not_found");
    }

    [Fact]
    public async Task The_feed_names_markets_and_shows_trades_in_the_terms_asked_for()
    {
        var (a, b) = (await node.NewAccountAsync(usd: "100"), await node.NewAccountAsync(usd: "100"));
        var from = node.Node.AppliedIndex + 1;
        await node.OpenAsync("told", "YES", "NO");
        (await node.MoveAsync("told", "split", a, "3")).Expect(201);
        (await node.MoveAsync("told", "merge", a, "1")).Expect(201);
        await node.PlaceAsync(a, "told:YES", "sell", "0.70", "2");
        await node.PlaceAsync(b, "told:YES", "buy", "0.70", "2");
        (await node.Client.PostAsync("/v1/markets/told/resolve", """{"payouts":{"YES":"0.25","NO":"0.75"}}"""))
            .Expect(200);

        Assert.Equal(
            ["event_changed", "event_changed", "event_changed"], await TypesAsync("event_changed"));
        var split = await OneAsync("set_split");
        Assert.Equal(
            ("told", "3", "3.00", "USD"),
            (Text(split, "market_id"), Text(split, "quantity"), Text(split, "amount"), Text(split, "asset")));
        Assert.Equal("1.00", Text(await OneAsync("set_merged"), "amount"));
        Assert.Equal(
            ["YES 0.25", "NO 0.75"],
            (await AllAsync("types=market_resolved"))
                .Select(item => $"{Text(item, "outcome")} {Text(item, "payout")}"));
        Assert.Equal(
            ["1.50", "0.50"], (await AllAsync("types=settled")).Select(item => Text(item, "amount")));
        Assert.Equal(
            ["active", "resolved", "settled"],
            (await AllAsync("types=market_changed")).Select(item => Text(item, "status") ?? "settled"));
        var book = Assert.Single(await AllAsync("types=trade&instrument=told:YES"));
        var mirror = Assert.Single(await AllAsync("types=trade&instrument=told:NO"));
        Assert.Equal(
            ("told:YES 0.70 buy", "told:NO 0.30 sell"),
            ($"{Text(book, "instrument")} {Text(book, "price")} {Text(book, "taker_side")}",
                $"{Text(mirror, "instrument")} {Text(mirror, "price")} {Text(mirror, "taker_side")}"));

        async Task<JsonElement> OneAsync(string type) => Assert.Single(await AllAsync("types=" + type));

        async Task<string[]> TypesAsync(string type) => [.. (await AllAsync("types=" + type)).Select(_ => type)];

        async Task<List<JsonElement>> AllAsync(string query)
        {
            var page = (await node.Client.GetAsync($"/v1/feed?from_index={from}&limit=1000&{query}")).Expect(200);
            return [.. page.At("items").EnumerateArray().Select(item => item.GetProperty("data"))];
        }

        static string? Text(JsonElement item, string name) =>
            item.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    [Fact]
    public async Task Dumps_of_the_state_have_positions_and_markets()
    {
        var account = await node.NewAccountAsync(usd: "100");
        await node.OpenAsync("dumped", "YES", "NO");
        (await node.MoveAsync("dumped", "split", account, "3")).Expect(201);

        var positions = (await node.Client.GetAsync("/v1/node/state?part=positions")).Expect(200).Text;
        var markets = (await node.Client.GetAsync("/v1/node/state?part=markets")).Expect(200).Text;

        Assert.Contains("\"instrument\":\"dumped:NO\"", positions, StringComparison.Ordinal);
        Assert.Contains("\"event_id\":\"dumped\"", markets, StringComparison.Ordinal);
    }

    private async Task<string> PositionAsync(string account)
    {
        var answer = (await node.Client.GetAsync($"/v1/accounts/{account}/positions")).Expect(200);
        string[] names =
        [
            "instrument", "quantity", "reserved", "average_price", "cost", "realized_pnl", "mark_price", "value",
            "unrealized_pnl",
        ];
        var position = answer.At("items", "0");
        return string.Join(' ', names.Select(name =>
            position.TryGetProperty(name, out var value) ? value.GetString() : "-"));
    }
}
