using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api.Betting;

/// <summary>Goal: what accounts stand to win is shown, paid and undone to the unit. Method: over HTTP, on one
/// node.</summary>
public sealed class BettingResultRoutesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Exposure_is_zero_sum_and_is_what_settling_pays_less_commission()
    {
        var (backer, layer) = (await node.NewBettorAsync(), await node.NewBettorAsync());
        var market = await node.NewMarketAsync("multi_runner", ",\"commission_bps\":200", runners: 3);
        await node.PlaceBetAsync(backer, market, 1, "back", "3", "10");
        await node.PlaceBetAsync(layer, market, 1, "lay", "3", "10");
        await node.PlaceBetAsync(backer, market, 2, "lay", "5", "2");

        Assert.Equal(
            [("20.0000", "-10.0000", "0.0000"), ("-10.0000", "0.0000", "8.0000"), ("-10.0000", "0.0000", "0.0000")],
            await ExposureAsync(backer, market));
        Assert.Equal(
            [("-20.0000", "10.0000", "0.0000"), ("10.0000", "0.0000", "0.0000"), ("10.0000", "0.0000", "0.0000")],
            await ExposureAsync(layer, market));
        (await node.ChangeAsync(market, "state", """{"state":"closed"}""")).Expect(200);
        var settled = (await node.ChangeAsync(market, "settle", """{"winners":["1"]}""")).Expect(200);

        Assert.Equal(
            ("settled", "0.0000", "0.0000", false),
            (settled.TextAt("state"), settled.TextAt("pot"), settled.TextAt("dust"),
                settled.At("batch_under_way").GetBoolean()));
        Assert.Equal(("1019.6000", "1019.6000"), await node.EurOfAsync(backer));
        Assert.Equal(("980.0000", "980.0000"), await node.EurOfAsync(layer));
        Assert.Empty(await ExposureAsync(backer, market));
    }

    [Fact]
    public async Task A_dead_heat_pays_parts_and_void_runners_are_paid_back()
    {
        var (backer, layer) = (await node.NewBettorAsync(), await node.NewBettorAsync());
        var market = await node.NewMarketAsync("multi_runner", runners: 3);
        foreach (var runner in (int[])[1, 3])
        {
            await node.PlaceBetAsync(backer, market, runner, "back", "3", "10");
            await node.PlaceBetAsync(layer, market, runner, "lay", "3", "10");
        }

        (await node.ChangeAsync(market, "state", """{"state":"closed"}""")).Expect(200);
        (await node.ChangeAsync(
            market, "settle", """{"winners":["1","2"],"dead_heat":{"1":"0.5","2":"0.50"},"void_runners":["3"]}"""))
            .Expect(200);

        Assert.Equal(("1005.0000", "1005.0000"), await node.EurOfAsync(backer));
        Assert.Equal(("995.0000", "995.0000"), await node.EurOfAsync(layer));
    }

    [Fact]
    public async Task Voided_trades_are_paid_back_and_stay_listed()
    {
        var (backer, layer) = (await node.NewBettorAsync(), await node.NewBettorAsync());
        var market = await node.NewMarketAsync();
        var bet = await node.PlaceBetAsync(backer, market, 1, "back", "3", "10");
        var taken = (await node.BetAsync(layer, market, 1, "lay", "3", "10")).Expect(201);
        var trade = taken.TextAt("fills", "0", "trade_id");
        await node.PlaceBetAsync(backer, market, 2, "back", "3", "10");
        await node.PlaceBetAsync(layer, market, 2, "lay", "3", "10");

        var voided = (await node.ChangeAsync(market, "trades/void", $$"""{"trade_ids":["{{trade}}"]}""")).Expect(200);
        Assert.Equal((1, "30.0000"), (voided.At("affected").GetInt32(), voided.TextAt("matched_volume")));
        Assert.Equal(("990.0000", "990.0000"), await node.EurOfAsync(backer));
        var shown = (await node.Client.GetAsync($"/v1/orders/{bet}")).Expect(200);
        Assert.Equal(
            ("voided", "10.0000", true),
            (shown.TextAt("order", "status"), shown.TextAt("order", "voided_quantity"),
                shown.At("fills", "0", "voided").GetBoolean()));

        (await node.ChangeAsync(market, "trades/void", """{"since":"2000-01-01T00:00:00Z","batch_size":10000}"""))
            .Expect(200);
        Assert.Equal(("1000.0000", "1000.0000"), await node.EurOfAsync(backer));
        var trades = (await node.Client.GetAsync($"/v1/betting/markets/{market}/trades?limit=1")).Expect(200);
        var older = (await node.Client.GetAsync(
            $"/v1/betting/markets/{market}/trades?limit=1&cursor={trades.TextAt("next_cursor")}")).Expect(200);
        Assert.Equal(
            (true, true, trade),
            (trades.At("items", "0", "voided").GetBoolean(), older.At("items", "0", "voided").GetBoolean(),
                older.TextAt("items", "0", "trade_id")));
    }

    [Fact]
    public async Task A_void_market_pays_all_back_and_its_bets_are_canceled_once()
    {
        var (backer, layer) = (await node.NewBettorAsync(), await node.NewBettorAsync());
        var market = await node.NewMarketAsync();
        await node.PlaceBetAsync(backer, market, 1, "back", "3", "10");
        await node.PlaceBetAsync(layer, market, 1, "lay", "3", "15");

        var voided = (await node.Client.SendAsync(
            HttpMethod.Post, $"/v1/betting/markets/{market}/void", null)).Expect(200);

        Assert.Equal(("voided", 0), (voided.TextAt("state"), voided.At("open_orders").GetInt32()));
        Assert.Equal(("1000.0000", "1000.0000"), await node.EurOfAsync(backer));
        Assert.Equal(("1000.0000", "1000.0000"), await node.EurOfAsync(layer));
    }

    [Fact]
    public async Task An_operator_cancels_what_a_filter_names_and_nothing_else()
    {
        var (first, second) = (await node.NewBettorAsync(), await node.NewBettorAsync());
        var market = await node.NewMarketAsync();
        var canceled = await node.PlaceBetAsync(first, market, 1, "back", "3", "10");
        var otherRunner = await node.PlaceBetAsync(first, market, 2, "back", "3", "10");
        var otherAccount = await node.PlaceBetAsync(second, market, 1, "back", "3", "10");

        var answer = (await node.ChangeAsync(
            market, "orders/cancel",
            $$"""{"account_id":"{{first}}","runner_id":"1","created_to":"2999-01-01T00:00:00Z"}""")).Expect(200);

        Assert.Equal((1, 2), (answer.At("affected").GetInt32(), answer.At("open_orders").GetInt32()));
        Assert.Equal(
            ("canceled", "open", "open"),
            (await StatusAsync(canceled), await StatusAsync(otherRunner), await StatusAsync(otherAccount)));
        Assert.Equal("batch_cancel", (await node.Client.GetAsync($"/v1/orders/{canceled}")).TextAt("order", "reason"));
    }

    [Fact]
    public async Task Dumps_hold_markets_and_bets()
    {
        var (account, market) = (await node.NewBettorAsync(), await node.NewMarketAsync());
        var bet = await node.PlaceBetAsync(account, market, 1, "back", "3", "10");

        var markets = (await node.Client.GetAsync("/v1/node/state?part=betting_markets")).Expect(200);
        var bets = (await node.Client.GetAsync("/v1/node/state?part=bets")).Expect(200);

        Assert.Contains(
            market, markets.At("items").EnumerateArray().Select(item => item.GetProperty("market_id").GetString()));
        Assert.Contains(
            bet, bets.At("items").EnumerateArray().Select(item => item.GetProperty("order_id").GetString()));
    }

    private async Task<string?> StatusAsync(string bet) =>
        (await node.Client.GetAsync($"/v1/orders/{bet}")).Expect(200).TextAt("order", "status");

    private async Task<IEnumerable<(string?, string?, string?)>> ExposureAsync(string account, string market) =>
        [.. (await node.Client.GetAsync($"/v1/accounts/{account}/exposure?market_id={market}")).Expect(200)
            .At("items").EnumerateArray()
            .Select(item => (
                item.GetProperty("if_win").GetString(), item.GetProperty("if_lose").GetString(),
                item.GetProperty("liability").GetString()))];
}
