using System.Text.Json;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: the feed tells users what is public and what is their own, and auditors all. Method: two users who
/// trade, each with a reader.</summary>
public sealed class PrivateFeedTests : IAsyncLifetime
{
    private static readonly (string, string) Alice = GuardedNode.Alice;
    private static readonly (string, string) Bob = GuardedNode.Bob;

    private GuardedNode _node = null!;
    private string _alices = "";
    private string _bobs = "";

    private TestClient Client => _node.Client;

    public async ValueTask InitializeAsync()
    {
        _node = await (await GuardedNode.StartAsync()).WithMarketsAsync();
        _alices = await _node.OpenAccountAsync(Alice);
        _bobs = await _node.OpenAccountAsync(Bob);
        await PlaceAsync(Alice, NodeFixture.Limit(_alices, "BTC-USD", "sell", "10.00", "2"));
        await PlaceAsync(Bob, NodeFixture.Limit(_bobs, "BTC-USD", "buy", "10.00", "1"));
        await PlaceAsync(Alice, BettingMarkets.Bet(_alices, "b1", 1, "back", "2.00", "10"));
        await PlaceAsync(Bob, BettingMarkets.Bet(_bobs, "b1", 1, "lay", "2.00", "10"));
        (await Client.PostAsync("/v1/orders", NodeFixture.Limit(_bobs, "BTC-USD", "buy", "10.00", "999"), Bob))
            .Expect(422);
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task A_user_is_told_nothing_that_names_anothers_account_or_order()
    {
        var all = await FeedAsync(GuardedNode.Auditor);
        foreach (var (user, own, other) in new[] { (Alice, _alices, _bobs), (Bob, _bobs, _alices) })
        {
            var items = await FeedAsync(user);

            Assert.DoesNotContain(items, item => item.GetRawText().Contains($"\"{other}\""));
            var expected = all.Where(item => IsOf(item, own) || IsPublic(item)).Select(Place);
            Assert.Equal(expected, items.Where(item => Type(item) != "batch_end").Select(Place));
        }

        Assert.Contains(all, item => Type(item) == "order_rejected");
        Assert.DoesNotContain(await FeedAsync(Alice), item => Type(item) == "order_rejected");
    }

    [Fact]
    public async Task A_trade_is_public_and_each_side_of_it_its_owners()
    {
        var trades = (await FeedAsync(Alice)).Where(item => Type(item) == "trade").ToList();

        Assert.Equal(2, trades.Count);
        Assert.All(trades, trade =>
        {
            var data = trade.GetProperty("data");
            Assert.Equal(_alices, data.GetProperty("maker_account_id").GetString());
            Assert.True(data.TryGetProperty("maker_order_id", out _));
            Assert.DoesNotContain(
                data.EnumerateObject(), field => field.Name.StartsWith("taker_")
                    && field.Name is not ("taker_side" or "taker_instrument" or "taker_quantity"));
        });
    }

    [Fact]
    public async Task Anothers_account_cannot_be_asked_for()
    {
        (await Client.GetAsync($"/v1/feed?account_id={_bobs}", Alice)).ExpectProblem(404, "not_found");
        (await Client.GetAsync("/v1/feed?account_id=a999", Alice)).ExpectProblem(404, "not_found");
        (await Client.GetAsync($"/v1/feed?account_id={_alices}", Alice)).Expect(200);
    }

    [Fact]
    public async Task A_stream_tells_of_an_account_opened_later_and_ends_when_its_credential_no_longer_holds()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/feed");
        request.Headers.TryAddWithoutValidation(Alice.Item1, Alice.Item2);
        request.Headers.TryAddWithoutValidation("Accept", "application/x-ndjson");
        using var response = await Client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        var his = await _node.OpenAccountAsync(Bob);
        var hers = await _node.OpenAccountAsync(Alice);

        var seen = "";
        using var patience = new CancellationTokenSource(TestClient.Patience);
        while (!seen.Contains("balance_changed"))
        {
            seen += await lines.ReadLineAsync(patience.Token);
        }

        Assert.Contains($"\"{hers}\"", seen, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"{his}\"", seen, StringComparison.Ordinal);
        _node.Authenticator.Withdraw(Alice);
        (await Client.PostAsync("/v1/assets", """{"asset":"GBP","scale":2}""", GuardedNode.Admin)).Expect(201);
        while (await lines.ReadLineAsync(patience.Token) is { } line)
        {
            Assert.DoesNotContain("GBP", line, StringComparison.Ordinal);
        }
    }

    private async Task PlaceAsync((string, string) user, string order) =>
        (await Client.PostAsync("/v1/orders", order, user)).Expect(201);

    private async Task<List<JsonElement>> FeedAsync((string, string) user) =>
        [.. (await Client.GetAsync("/v1/feed?limit=1000", user)).Expect(200).At("items").EnumerateArray()];

    private static string Type(JsonElement item) => item.GetProperty("type").GetString()!;

    private static (long, int) Place(JsonElement item) =>
        (item.GetProperty("index").GetInt64(), item.GetProperty("seq").GetInt32());

    private static bool IsOf(JsonElement item, string account) => item.GetRawText().Contains($"\"{account}\"");

    private static bool IsPublic(JsonElement item) => Type(item) is "trade" or "asset_changed" or "instrument_changed"
        or "instrument_rules_changed" or "market_changed" or "runner_added";
}
