using System.Text;
using System.Text.Json;
using ReplicatedBook.Contracts;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Tests.MarketData;

/// <summary>Goal: every channel of API.md section 3 tells what it must, in its form, to who may read it.</summary>
public sealed class ChannelTests
{
    private static readonly Caller Public = Caller.Nobody(null);

    [Fact]
    public async Task A_book_has_the_form_of_the_contract()
    {
        await using var venue = new DataVenue();
        await using var book = await venue.OpenAsync("book:BTC-USD?depth=2", Public);
        Assert.Equal("""snapshot 0 {"bids":[],"asks":[],"checksum":0}""", await book.NextAsync(withIndex: false));

        venue.Place(1, Side.Buy, 6_000_000, 15_000);
        Assert.Equal(
            """delta {"bids":[["60000.00","1.5000"]],"asks":[],"checksum":""" + $"{venue.ChecksumOf(1)}}}",
            (await book.NextAsync(withIndex: false)).Replace($" {book.Previous}", "", StringComparison.Ordinal));
        var index = book.Last.Index;

        venue.Place(2, Side.Sell, 6_000_000, 15_000);
        Assert.Equal(
            $$"""delta {{index}} {"bids":[["60000.00","0.0000"]],"asks":[],"checksum":0}""",
            await book.NextAsync(withIndex: false));
    }

    [Fact]
    public async Task Orders_of_a_book_are_told_one_by_one()
    {
        await using var venue = new DataVenue();
        await using var orders = await venue.OpenAsync("l3:BTC-USD", Public);
        Assert.Equal("""snapshot 0 {"bids":[],"asks":[]}""", await orders.NextAsync(withIndex: false));

        venue.Place(1, Side.Buy, 6_000_000, 15_000);
        Assert.EndsWith(
            """
            {"removed":[],"changed":[],"added":[{"order_id":"1","side":"buy","price":"60000.00","quantity":"1.5000"}]}
            """,
            await orders.NextAsync());
        venue.Place(2, Side.Sell, 6_000_000, 5_000);
        Assert.EndsWith(
            """
            {"removed":[],"changed":[{"order_id":"1","side":"buy","price":"60000.00","quantity":"1.0000"}],"added":[]}
            """,
            await orders.NextAsync());
        venue.Place(2, Side.Sell, 6_000_000, 10_000);
        Assert.EndsWith("""{"removed":["1"],"changed":[],"added":[]}""", await orders.NextAsync());
    }

    /// <summary>Method: of every trade of the state there is one, and whoever comes back gets those that are
    /// left.</summary>
    [Theory]
    [InlineData("BTC-USD", 1)]
    [InlineData("rain:NO", 4)]
    public async Task Trades_are_told_once_each_also_to_who_comes_back(string symbol, int instrument)
    {
        await using var venue = new DataVenue(null, ("Feed:MaxFollowedBytes", "2000"));
        await using var trades = await venue.OpenAsync($"trades:{symbol}", Public);
        Assert.Equal("snapshot 0 []", await trades.NextAsync(withIndex: false));
        var from = trades.Last.Index;
        var traffic = new DataTraffic(venue.Replica, seed: 21);
        for (var i = 0; i < 1_000; i++)
        {
            traffic.Apply();
        }

        venue.Replica.Publish();
        var due = venue.Replica.Exchange.Trades(new InstrumentId(instrument), default, 10_000).Reverse().ToList();
        Assert.True(due.Count > 50);
        var messages = new List<ChannelMessage>();
        var told = new List<JsonElement>();
        while (told.Count < due.Count)
        {
            await trades.NextAsync();
            messages.Add(trades.Last);
            told.AddRange(JsonDocument.Parse(trades.Last.Data).RootElement.EnumerateArray());
        }

        var terms = venue.Terms(instrument);
        Assert.Equal(
            due.Select(trade => (
                $"{trade.Id.Value}", terms.Format(trade.Price), terms.Format(trade.Quantity), trade.Index)),
            told.Select(trade => (
                trade.GetProperty("trade_id").GetString()!, trade.GetProperty("price").GetString()!,
                trade.GetProperty("quantity").GetString()!, trade.GetProperty("index").GetInt64())));
        Assert.Equal(
            messages.Select(message => message.PrevIndex), [from, .. messages.Select(m => m.Index).SkipLast(1)]);

        var middle = messages[messages.Count / 2].Index;
        await using var again = await venue.OpenAsync($"trades:{symbol}", Public, middle);
        foreach (var message in messages.Where(message => message.Index > middle))
        {
            await again.NextAsync();
            Assert.Equal((message.Type, message.Index, message.PrevIndex),
                (again.Last.Type, again.Last.Index, again.Last.PrevIndex));
            Assert.Equal(Encoding.UTF8.GetString(message.Data.Span), Encoding.UTF8.GetString(again.Last.Data.Span));
        }
    }

    [Fact]
    public async Task A_ticker_follows_the_market()
    {
        await using var venue = new DataVenue();
        await using var ticker = await venue.OpenAsync("ticker:rain:YES", Public);
        Assert.DoesNotContain("last_price", await ticker.NextAsync(), StringComparison.Ordinal);

        venue.Place(1, Side.Buy, 40, 10, instrument: 3);
        Assert.Contains("\"best_bid\":\"0.40\"", await ticker.NextAsync(), StringComparison.Ordinal);

        // To buy the other outcome is to sell this one.
        venue.Place(2, Side.Buy, 60, 4, instrument: 4);
        var told = await ticker.NextAsync();
        Assert.Contains("\"last_price\":\"0.40\"", told, StringComparison.Ordinal);
        Assert.Contains("\"best_bid_quantity\":\"6\"", told, StringComparison.Ordinal);
        Assert.Equal(ChannelMessage.Update, ticker.Last.Type);
    }

    [Fact]
    public async Task A_prediction_market_tells_where_it_stands_and_how_it_ended()
    {
        await using var venue = new DataVenue();
        await using var market = await venue.OpenAsync("market:rain", Public);
        Assert.Contains("\"status\":\"active\"", await market.NextAsync(), StringComparison.Ordinal);

        venue.Replica.Accept(new SetPredictionMarketStatus(
            new PredictionMarketId(1), PredictionMarketStatus.Closed, 0));
        Assert.Contains("\"status\":\"closed\"", await market.NextAsync(), StringComparison.Ordinal);
        venue.Replica.Accept(new ResolvePredictionMarket(new PredictionMarketId(1), "YES", [], 0));
        var told = await market.NextAsync();
        Assert.Contains("\"status\":\"resolved\"", told, StringComparison.Ordinal);
        Assert.Contains("""{"outcome":"YES","instrument":"rain:YES","payout":"1"}""", told, StringComparison.Ordinal);
    }

    /// <summary>Method: two bets, of which the second takes half of the first.</summary>
    [Fact]
    public async Task A_runners_book_and_its_market_are_told()
    {
        await using var venue = new DataVenue();
        var market = OpenDerby(venue);
        await using var state = await venue.OpenAsync("market:b1", Public);
        await using var book = await venue.OpenAsync("book:b1:2", Public);
        await using var trades = await venue.OpenAsync("trades:b1:2", Public);
        await using var others = await venue.OpenAsync("trades:b1:1", Public);
        await state.NextAsync();
        Assert.Equal("snapshot 0 []", await trades.NextAsync(withIndex: false));
        await others.NextAsync();
        Assert.Equal("""snapshot 0 {"backs":[],"lays":[]}""", await book.NextAsync(withIndex: false));

        venue.Bet(1, BetSide.Back, 1_000);
        Assert.EndsWith("""{"backs":[["2.00","10.00",1]],"lays":[]}""", await book.NextAsync());
        venue.Bet(2, BetSide.Lay, 500);
        Assert.EndsWith("""{"backs":[["2.00","5.00",1]],"lays":[]}""", await book.NextAsync());
        var told = await trades.NextAsync();
        Assert.StartsWith($"update {venue.Replica.Index} ", told, StringComparison.Ordinal);
        Assert.Contains(
            """
            [{"trade_id":"1","instrument":"b1:2","price":"2.00","quantity":"5.00","maker_side":"back",
            """
            + """
            "taker_instrument":"b1:2","taker_side":"lay","taker_quantity":"5.00","index":
            """,
            told, StringComparison.Ordinal);

        venue.Bet(2, BetSide.Back, 300, runner: 1); // Implied: at evens as good as a lay of the other runner.
        foreach (var channel in new[] { trades, others })
        {
            Assert.Contains(
                """
                "instrument":"b1:2","price":"2.00","quantity":"3.00","maker_side":"back","taker_instrument":"b1:1",
                """,
                await channel.NextAsync(), StringComparison.Ordinal);
        }

        venue.Replica.Accept(new SetBettingState(market.Id, BettingMarketState.Suspended, false, 0, 0));
        Assert.Contains("\"state\":\"suspended\"", await state.NextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("book:b1:2", "not_found")]
    [InlineData("trades:b1:2", "not_found")]
    [InlineData("trades:b1:2?depth=1", "invalid_query")]
    [InlineData("book", "not_found")]
    [InlineData("book:NONE", "not_found")]
    [InlineData("book:<script>", "not_found")]
    [InlineData("book:BTC-USD?depth=1001", "invalid_query")]
    [InlineData("book:BTC-USD?depth=1&depth=2", "invalid_query")]
    [InlineData("book:BTC-USD?interval_ms=1001", "invalid_query")]
    [InlineData("book:BTC-USD?other=1", "invalid_query")]
    [InlineData("trades:BTC-USD?depth=1", "invalid_query")]
    [InlineData("l3:NONE", "not_found")]
    [InlineData("ticker:NONE", "not_found")]
    [InlineData("market:none", "not_found")]
    [InlineData("market:b7", "not_found")]
    [InlineData("books:BTC-USD", "not_found")]
    [InlineData("", "not_found")]
    [InlineData("orders", "unauthenticated")]
    [InlineData("feed", "unauthenticated")]
    [InlineData("cluster", "unauthenticated")]
    public async Task What_is_no_channel_is_refused(string name, string code)
    {
        await using var venue = new DataVenue();

        var (channel, refusal) = await venue.Channels.OpenAsync(name, Public, TestContext.Current.CancellationToken);

        Assert.Null(channel);
        Assert.Equal(code, refusal!.Code.Code);
        Assert.DoesNotContain("<", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("l3:b1:2")]
    [InlineData("ticker:b1:2")]
    public async Task A_runner_has_no_other_channels_and_that_is_said(string name)
    {
        await using var venue = new DataVenue();
        OpenDerby(venue);

        var (_, refusal) = await venue.Channels.OpenAsync(name, Public, TestContext.Current.CancellationToken);

        Assert.Equal(
            (ProblemCodes.NotFound, "runners have the channels book: and trades: alone"),
            (refusal!.Code, refusal.Detail));
    }

    [Fact]
    public async Task Only_operators_and_auditors_see_the_cluster()
    {
        await using var venue = new DataVenue();

        var (_, refusal) = await venue.Channels.OpenAsync(
            "cluster", DataVenue.User(1), TestContext.Current.CancellationToken);
        var (channel, _) = await venue.Channels.OpenAsync(
            "cluster", DataVenue.User(1) with { Roles = Roles.Operator }, TestContext.Current.CancellationToken);

        Assert.Equal(ProblemCodes.Forbidden, refusal!.Code);
        Assert.NotNull(channel);
    }

    /// <summary>A market of two runners.</summary>
    private static BettingMarketView OpenDerby(DataVenue venue)
    {
        venue.Replica.Accept(new SetFeatureLevel(FeatureLevels.BettingMarkets));
        return venue.Replica.Accept(new CreateBettingMarket(
            "derby", BettingBookType.TwoRunner, true, new AssetId(2), 0, 0, default, default,
            [new RunnerName(new RunnerId(1), "one"), new RunnerName(new RunnerId(2), "two")])).BettingMarket!;
    }
}
