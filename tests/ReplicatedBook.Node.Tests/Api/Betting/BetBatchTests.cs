using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api.Betting;

/// <summary>Bets in batches of orders, and what would become of a bet.</summary>
public sealed class BetBatchTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Bets_and_orders_of_one_batch_are_answered_as_they_would_be_alone()
    {
        var (account, other) = (await node.NewBettorAsync(), await node.NewBettorAsync());
        var trader = await node.NewAccountAsync();
        var (market, symbol) = (await node.NewMarketAsync(), await node.NewInstrumentAsync());
        await node.PlaceBetAsync(other, market, 2, "back", "1.5", "8");
        string[] orders =
        [
            BettingMarkets.Bet(account, market, 1, "back", "3", "4", ",\"client_order_id\":\"first\""),
            NodeFixture.Limit(trader, symbol, "buy", "10", "1", ""),
            BettingMarkets.Bet(account, market, 1, "back", "3", "4"),
            BettingMarkets.Bet(account, market, 7, "back", "3", "4"),
            BettingMarkets.Bet(account, "b9999", 1, "back", "3", "4"),
            BettingMarkets.Bet(account, market, 1, "lay", "3", "1.001"),
            BettingMarkets.Bet(account, market, 1, "back", "3", "4", ",\"client_order_id\":\"first\""),
        ];

        var batch = (await node.Client.PostAsync("/v1/orders/batch", $$"""{"orders":[{{string.Join(',', orders)}}]}"""))
            .Expect(200);

        Assert.Equal(
            [201, 201, 201, 404, 404, 422, 200],
            batch.At("results").EnumerateArray().Select(result => result.GetProperty("status").GetInt32()));
        Assert.Equal(
            ($"{market}:1", "filled", "4.0000", "8.0000", true),
            (batch.TextAt("results", "0", "order", "instrument"), batch.TextAt("results", "0", "order", "status"),
                batch.TextAt("results", "0", "fills", "0", "quantity"),
                batch.TextAt("results", "0", "fills", "0", "liability"),
                batch.At("results", "0", "fills", "0", "implied").GetBoolean()));
        Assert.Equal("open", batch.TextAt("results", "2", "order", "status"));
        Assert.Equal("invalid_lot", batch.TextAt("results", "5", "problem", "code"));
        Assert.Equal(
            batch.TextAt("results", "0", "order", "order_id"), batch.TextAt("results", "6", "order", "order_id"));
    }

    [Fact]
    public async Task An_atomic_batch_has_no_bets_and_a_misshapen_bet_names_its_field()
    {
        var account = await node.NewBettorAsync();
        var market = await node.NewMarketAsync();
        var bet = BettingMarkets.Bet(account, market, 1, "back", "3", "4");
        var before = node.Node.AppliedIndex;

        var atomic = await node.Client.PostAsync("/v1/orders/batch", $$"""{"orders":[{{bet}}],"atomic":true}""");
        var bad = await node.Client.PostAsync(
            "/v1/orders/batch", $$"""{"orders":[{{bet}},{{bet.Replace("\"3\"", "\"3.01\"")}}]}""");

        atomic.ExpectProblem(400, "invalid_field");
        Assert.Equal("orders[0].side", atomic.TextAt("errors", "0", "field"));
        bad.ExpectProblem(422, "invalid_tick");
        Assert.Equal("orders[1].price", bad.TextAt("errors", "0", "field"));
        Assert.Equal(before, node.Node.AppliedIndex);
    }

    [Fact]
    public async Task A_preview_says_what_placing_the_bet_then_does_and_places_nothing()
    {
        var (account, other) = (await node.NewBettorAsync(), await node.NewBettorAsync());
        var market = await node.NewMarketAsync();
        await node.PlaceBetAsync(other, market, 2, "back", "1.5", "8");
        await node.PlaceBetAsync(other, market, 1, "lay", "2.5", "10");
        var bet = BettingMarkets.Bet(account, market, 1, "back", "2.5", "20");
        var before = node.Node.AppliedIndex;

        var preview = (await node.Client.PostAsync("/v1/orders/validate", bet)).Expect(200);

        Assert.Equal(before, node.Node.AppliedIndex);
        Assert.Equal(
            ("open", "14.0000", "6.0000", "6.0000", "2.64"),
            (preview.TextAt("status"), preview.TextAt("filled_quantity"), preview.TextAt("remaining_quantity"),
                preview.TextAt("reserved"), preview.TextAt("average_price")));
        Assert.Equal(
            ("3.00", "4.0000", "8.0000", true, "2.50", "10.0000"),
            (preview.TextAt("fills", "0", "price"), preview.TextAt("fills", "0", "quantity"),
                preview.TextAt("fills", "0", "liability"), preview.At("fills", "0", "implied").GetBoolean(),
                preview.TextAt("fills", "1", "price"), preview.TextAt("fills", "1", "quantity")));
        var placed = (await node.Client.PostAsync("/v1/orders", bet)).Expect(201);
        Assert.Equal(
            ("open", "14.0000", "6.0000", "2.64"),
            (placed.TextAt("order", "status"), placed.TextAt("order", "filled_quantity"),
                placed.TextAt("order", "remaining_quantity"), placed.TextAt("order", "average_price")));
    }

    [Theory]
    [InlineData("\"quantity\":\"10\"", "\"quantity\":\"100000\"", 422, "insufficient_funds")]
    [InlineData(":1\"", ":9\"", 404, "not_found")]
    [InlineData("\"price\":\"3\"", "\"price\":\"3.01\"", 422, "invalid_tick")]
    [InlineData("}", ",\"market_version\":9}", 412, "version_mismatch")]
    public async Task A_bet_that_would_be_refused_is_refused_the_same_way(
        string good, string bad, int status, string code)
    {
        var (account, market) = (await node.NewBettorAsync(), await node.NewMarketAsync());
        var bet = BettingMarkets.Bet(account, market, 1, "back", "3", "10").Replace(good, bad);

        (await node.Client.PostAsync("/v1/orders/validate", bet)).ExpectProblem(status, code);
    }

    [Fact]
    public async Task The_preview_of_a_bet_that_exists_is_that_bet()
    {
        var (account, market) = (await node.NewBettorAsync(), await node.NewMarketAsync());
        var id = await node.PlaceBetAsync(account, market, 1, "back", "3", "10", ",\"client_order_id\":\"mine\"");

        var preview = (await node.Client.PostAsync(
            "/v1/orders/validate",
            BettingMarkets.Bet(account, market, 1, "back", "3", "10", ",\"client_order_id\":\"mine\""))).Expect(200);

        Assert.Equal(id, preview.TextAt("existing_order", "order_id"));
    }
}
