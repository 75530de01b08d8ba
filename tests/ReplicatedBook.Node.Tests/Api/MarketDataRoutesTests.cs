using System.Text;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

public sealed class MarketDataRoutesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task A_book_is_shown_by_best_by_level_and_by_order()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var first = (await node.PlaceAsync(account, symbol, "buy", "10", "1")).TextAt("order", "order_id");
        var second = (await node.PlaceAsync(account, symbol, "buy", "10", "2")).TextAt("order", "order_id");
        await node.PlaceAsync(account, symbol, "buy", "9", "1");
        await node.PlaceAsync(account, symbol, "sell", "11", "1");
        var path = $"/v1/instruments/{symbol}/book";

        var levels = (await node.Client.GetAsync(path)).Expect(200);
        var best = (await node.Client.GetAsync($"{path}?level=1")).Expect(200);
        var orders = (await node.Client.GetAsync($"{path}?level=3&depth=1")).Expect(200);

        Assert.Equal("""[["10.00","3.0000",2],["9.00","1.0000",1]]""", levels.At("bids").GetRawText());
        Assert.Equal("""[["11.00","1.0000",1]]""", levels.At("asks").GetRawText());
        Assert.Equal("""[["10.00","3.0000",2]]""", best.At("bids").GetRawText());
        Assert.Equal(
            $$"""[["10.00","1.0000","{{first}}"],["10.00","2.0000","{{second}}"]]""", orders.At("bids").GetRawText());
        Assert.Equal(levels.Index, levels.At("index").GetInt64());
        var expected = Checksum("1100100001000300009001" + "0000");
        Assert.Equal(expected, levels.At("checksum").GetUInt32());
        Assert.Equal(expected, best.At("checksum").GetUInt32());
        Assert.Equal(expected, orders.At("checksum").GetUInt32());
    }

    [Theory]
    [InlineData("level=0")]
    [InlineData("level=4")]
    [InlineData("depth=0")]
    [InlineData("depth=1001")]
    [InlineData("level=1&depth=5")]
    [InlineData("at_index=0")]
    [InlineData("consistency=perfect")]
    [InlineData("max_lag_ms=5")]
    [InlineData("timeout_ms=0")]
    [InlineData("timeout_ms=10001")]
    public async Task Bad_book_parameters_are_refused(string query)
    {
        var symbol = await node.NewInstrumentAsync();
        (await node.Client.GetAsync($"/v1/instruments/{symbol}/book?{query}")).ExpectProblem(400, "invalid_query");
    }

    [Fact]
    public async Task Books_trades_and_tickers_of_nothing_are_not_found()
    {
        foreach (var what in new[] { "book", "trades", "ticker" })
        {
            (await node.Client.GetAsync($"/v1/instruments/NONE/{what}")).ExpectProblem(404, "not_found");
        }
    }

    [Fact]
    public async Task Trades_are_listed_newest_first_page_by_page()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        for (var price = 1; price <= 3; price++)
        {
            await node.PlaceAsync(account, symbol, "sell", $"{price}", "1");
            await node.PlaceAsync(account, symbol, "buy", $"{price}", "1", ""","stp":"none" """);
        }

        var page = (await node.Client.GetAsync($"/v1/instruments/{symbol}/trades?limit=2")).Expect(200);
        await node.PlaceAsync(account, symbol, "sell", "4", "1");
        await node.PlaceAsync(account, symbol, "buy", "4", "1", ""","stp":"none" """);
        var next =
            (await node.Client.GetAsync($"/v1/instruments/{symbol}/trades?limit=2&cursor={page.TextAt("next_cursor")}"))
            .Expect(200);

        Assert.Equal(("3.00", "2.00"), (page.TextAt("items", "0", "price"), page.TextAt("items", "1", "price")));
        Assert.Equal("buy", page.TextAt("items", "0", "taker_side"));
        Assert.False(page.At("items", "0", "voided").GetBoolean());
        Assert.Equal("1.00", next.TextAt("items", "0", "price"));
        Assert.False(next.Json.TryGetProperty("next_cursor", out _));
        (await node.Client.GetAsync($"/v1/instruments/{symbol}/trades?order=asc")).ExpectProblem(400, "invalid_query");
    }

    [Fact]
    public async Task A_ticker_shows_the_day_and_leaves_out_what_never_happened()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var empty = (await node.Client.GetAsync($"/v1/instruments/{symbol}/ticker")).Expect(200);
        foreach (var price in new[] { "5", "9", "2", "4" })
        {
            await node.PlaceAsync(account, symbol, "sell", price, "1");
            await node.PlaceAsync(account, symbol, "buy", price, "1", ""","stp":"none" """);
        }

        await node.PlaceAsync(account, symbol, "buy", "1", "3");
        var ticker = (await node.Client.GetAsync($"/v1/instruments/{symbol}/ticker")).Expect(200);

        Assert.False(empty.Json.TryGetProperty("last_price", out _));
        Assert.Equal("0.0000", empty.TextAt("volume"));
        Assert.Equal(
            ("4.00", "5.00", "-1.00"), (ticker.TextAt("last_price"), ticker.TextAt("open"), ticker.TextAt("change")));
        Assert.Equal(
            ("9.00", "2.00", "4.0000"), (ticker.TextAt("high"), ticker.TextAt("low"), ticker.TextAt("volume")));
        Assert.Equal(("1.00", "3.0000"), (ticker.TextAt("best_bid"), ticker.TextAt("best_bid_quantity")));
        Assert.False(ticker.Json.TryGetProperty("best_ask", out _));
    }

    [Fact]
    public async Task A_book_can_be_read_as_of_an_earlier_index()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var placed = await node.PlaceAsync(account, symbol, "buy", "10", "1");
        (await node.Client.DeleteAsync($"/v1/orders/{placed.TextAt("order", "order_id")}")).Expect(200);
        var path = $"/v1/instruments/{symbol}/book";

        var past = (await node.Client.GetAsync($"{path}?at_index={placed.Index}&timeout_ms=10000")).Expect(200);

        Assert.Equal("""[["10.00","1.0000",1]]""", past.At("bids").GetRawText());
        Assert.Equal((placed.Index, placed["rb-digest"]), (past.Index, past["rb-digest"]));
        Assert.Equal(0, (await node.Client.GetAsync(path)).At("bids").GetArrayLength());
        (await node.Client.GetAsync($"{path}?at_index=99999999&timeout_ms=50")).ExpectProblem(503, "index_not_reached");
    }

    [Fact]
    public void The_checksum_is_the_one_everybody_calls_crc32() =>
        Assert.Equal(0xCBF43926, Checksum("123456789"));

    private static uint Checksum(string text)
    {
        var state = Crc32.Start;
        foreach (var value in Encoding.ASCII.GetBytes(text))
        {
            state = Crc32.Append(state, value);
        }

        return Crc32.Finish(state);
    }
}
