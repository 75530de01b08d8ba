using System.Text.Json;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>Which market the feed says an event belongs to, and which of that market's events it is.</summary>
public sealed class FeedMarketTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Every_event_of_a_prediction_market_has_its_number_and_a_filter_keeps_those_of_the_whole_market()
    {
        var (a, b) = (await node.NewAccountAsync(usd: "100"), await node.NewAccountAsync(usd: "100"));
        var spot = await node.NewInstrumentAsync();
        var from = node.Node.AppliedIndex + 1;
        await node.OpenAsync("counted", "YES", "NO");
        (await node.MoveAsync("counted", "split", a, "3")).Expect(201);
        await node.PlaceAsync(a, "counted:NO", "sell", "0.30", "2");
        await node.PlaceAsync(a, spot, "buy", "1", "1");
        await node.PlaceAsync(b, "counted:YES", "buy", "0.20", "1");
        (await node.Client.PostAsync("/v1/markets/counted/resolve", """{"outcome":"YES"}""")).Expect(200);

        var all = await FeedAsync(from, "");
        var own = all.Where(item => MarketOf(item) == "counted").ToList();
        Assert.Equal(Enumerable.Range(1, own.Count).Select(i => (long)i), own.Select(SequenceOf));
        Assert.Equal("event_changed", TypeOf(own[0]));
        Assert.Contains("asset_changed", own.Select(TypeOf));
        Assert.Equal(2, own.Count(item => TypeOf(item) == "order_accepted"));
        Assert.All(
            all.Except(own), item => Assert.False(
                item.TryGetProperty("market_id", out _) || item.TryGetProperty("market_seq", out _)));

        Assert.Equal(own.Select(SequenceOf), (await FeedAsync(from, "&instrument=counted")).Select(SequenceOf));
        var yes = await FeedAsync(from, "&instrument=counted:YES");
        Assert.All(
            ["event_changed", "market_changed", "set_split", "market_resolved", "settled"],
            type => Assert.Contains(type, yes.Select(TypeOf)));
        Assert.Equal(
            ["counted:YES"],
            yes.Where(item => TypeOf(item) == "order_accepted").Select(
                item => item.GetProperty("data").GetProperty("instrument").GetString()));
    }

    [Fact]
    public async Task Every_event_of_a_betting_market_has_its_number_and_refusals_have_none()
    {
        var (first, second) = (await node.NewBettorAsync(), await node.NewBettorAsync());
        var from = node.Node.AppliedIndex + 1;
        var market = await node.NewMarketAsync();
        await node.PlaceBetAsync(first, market, 1, "back", "3", "10");
        await node.PlaceBetAsync(second, market, 2, "back", "1.5", "8");
        (await node.BetAsync(first, market, 2, "back", "3", "10000"))
            .ExpectProblem(422, "insufficient_funds", "rejected");
        (await node.ChangeAsync(market, "state", """{"state":"closed"}""")).Expect(200);
        (await node.ChangeAsync(market, "settle", """{"winners":["1"]}""")).Expect(200);

        var own = await FeedAsync(from, $"&instrument={market}");

        var numbered = own.Where(item => TypeOf(item) != "order_rejected").ToList();
        Assert.Equal(own.Count - 1, numbered.Count);
        Assert.All(numbered, item => Assert.Equal(market, MarketOf(item)));
        Assert.Equal(Enumerable.Range(1, numbered.Count).Select(i => (long)i), numbered.Select(SequenceOf));
        var rejected = own.Single(item => TypeOf(item) == "order_rejected");
        Assert.False(rejected.TryGetProperty("market_seq", out _));
        Assert.Equal(2, (await FeedAsync(from, $"&instrument={market}:1&types=runner_added")).Count);
    }

    [Fact]
    public async Task A_market_that_there_is_not_cannot_be_asked_for() =>
        (await node.Client.GetAsync("/v1/feed?instrument=nowhere")).ExpectProblem(404, "not_found");

    private async Task<List<JsonElement>> FeedAsync(long from, string more) =>
    [
        .. (await node.Client.GetAsync($"/v1/feed?from_index={from}&limit=1000{more}")).Expect(200)
            .At("items").EnumerateArray().Where(item => TypeOf(item) != "batch_end"),
    ];

    private static string? TypeOf(JsonElement item) => item.GetProperty("type").GetString();

    private static string? MarketOf(JsonElement item) =>
        item.TryGetProperty("market_id", out var market) ? market.GetString() : null;

    private static long SequenceOf(JsonElement item) => item.GetProperty("market_seq").GetInt64();
}
