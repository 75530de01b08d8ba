using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: a user reaches what is their own; what is another's is as if it were not there. Method: two users who
/// trade with each other, and an auditor who sees both. Single objects are in the access matrix.</summary>
public sealed class OwnershipTests : IAsyncLifetime
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
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Lists_have_what_is_own_page_by_page_and_an_auditors_have_all()
    {
        var more = new List<string> { _alices };
        for (var i = 0; i < 4; i++)
        {
            more.Add(await _node.OpenAccountAsync(Alice));
            await _node.OpenAccountAsync(Bob);
        }

        foreach (var order in new[] { "asc", "desc" })
        {
            var seen = new List<string>();
            var cursor = "";
            do
            {
                var page = (await Client.GetAsync($"/v1/accounts?limit=2&order={order}{cursor}", Alice)).Expect(200);
                seen.AddRange(Accounts(page));
                cursor = page.Json.TryGetProperty("next_cursor", out var next) ? $"&cursor={next.GetString()}" : "";
            }
            while (cursor.Length > 0);

            Assert.Equal(order == "asc" ? more : more.AsEnumerable().Reverse(), seen);
        }

        Assert.Equal(10, Accounts((await Client.GetAsync("/v1/accounts", GuardedNode.Auditor)).Expect(200)).Count());
    }

    [Fact]
    public async Task Without_a_name_the_only_account_is_meant_and_that_of_the_caller()
    {
        const string Order = """
            {"client_order_id":"same","instrument":"BTC-USD","side":"buy","type":"limit","price":"1.00","quantity":"1"}
            """;
        var hers = (await Client.PostAsync("/v1/orders", Order, Alice)).Expect(201);
        var his = (await Client.PostAsync("/v1/orders", Order, Bob)).Expect(201);

        Assert.Equal((_alices, _bobs), (hers.TextAt("order", "account_id"), his.TextAt("order", "account_id")));
        foreach (var (user, placed) in new[] { (Alice, hers), (Bob, his) })
        {
            var found = (await Client.GetAsync("/v1/orders/by_client_id/same", user)).Expect(200);
            Assert.Equal(placed.TextAt("order", "order_id"), found.TextAt("order", "order_id"));
        }

        (await Client.GetAsync($"/v1/orders/by_client_id/same?account_id={_alices}", Bob))
            .ExpectProblem(404, "not_found");
        (await Client.GetAsync("/v1/orders/by_client_id/same", GuardedNode.Auditor))
            .ExpectProblem(400, "missing_field");
        (await Client.DeleteAsync("/v1/orders/by_client_id/same", Bob)).Expect(200);
        (await Client.GetAsync("/v1/orders/by_client_id/same", Alice)).Expect(200);
        Assert.Equal("open", (await Client.GetAsync("/v1/orders/by_client_id/same", Alice)).TextAt("order", "status"));
    }

    [Fact]
    public async Task Anothers_order_cannot_be_told_from_none_whatever_is_asked_of_it()
    {
        var order = await PlaceAsync(Alice, _alices, "buy", "10.00");
        var none = "999999";
        foreach (var (method, path, body) in new[]
        {
            ("PATCH", "", """{"price":"0.001"}"""), ("PATCH", "", """{"price":"11.00"}"""), ("DELETE", "", null),
            ("POST", "/reduce", """{"reduction":"0.00001"}"""), ("GET", "", null),
        })
        {
            var (his, nobodys) = (await SendAsync(order), await SendAsync(none));
            Assert.Equal((404, 404), ((int)his.Status, (int)nobodys.Status));
            Assert.Equal((nobodys.Code, nobodys.Outcome), (his.Code, his.Outcome));
            Assert.Equal(nobodys.TextAt("detail")!.Replace(none, "#"), his.TextAt("detail")!.Replace(order, "#"));

            Task<Answer> SendAsync(string id) => Client.SendAsync(
                new HttpMethod(method), $"/v1/orders/{id}{path}", body is null ? null : TestClient.Json(body), Bob);
        }
    }

    [Fact]
    public async Task A_batch_a_preview_and_a_mass_cancel_name_own_accounts_only()
    {
        var order = NodeFixture.Limit(_alices, "BTC-USD", "buy", "1.00", "1");
        var batch = (await Client.PostAsync("/v1/orders/batch", $$"""{"orders":[{{order}}]}""", Bob)).Expect(200);

        Assert.Equal(404, batch.At("results", "0", "status").GetInt32());
        (await Client.PostAsync("/v1/orders/validate", order, Bob)).ExpectProblem(404, "not_found");
        (await Client.PostAsync("/v1/orders/validate", order, Alice)).Expect(200);
        (await Client.DeleteAsync($"/v1/orders?account_id={_alices}", Bob)).ExpectProblem(404, "not_found", "rejected");
        (await Client.PostAsync("/v1/orders", NodeFixture.Limit(_alices, "b1:1", "back", "2.00", "1"), Bob))
            .ExpectProblem(404, "not_found", "rejected");
    }

    [Fact]
    public async Task Keys_are_a_users_own_and_a_command_id_tells_its_sender_only()
    {
        var hers = (await Client.PostAsync("/v1/accounts", "{}", Alice, ("Idempotency-Key", "k"))).Expect(201);
        var his = (await Client.PostAsync("/v1/accounts", """{"label":"b"}""", Bob, ("Idempotency-Key", "k")))
            .Expect(201);

        Assert.NotEqual(hers.TextAt("account_id"), his.TextAt("account_id"));
        Assert.Equal(
            hers.TextAt("account_id"),
            (await Client.GetAsync("/v1/commands/k", Alice)).Expect(200).TextAt("result", "account_id"));
        Assert.Equal("not_found", (await Client.GetAsync("/v1/commands/k", GuardedNode.Admin)).TextAt("state"));
        var id = hers.TextAt("receipt", "command_id");
        Assert.Equal("committed", (await Client.GetAsync($"/v1/commands/{id}", Alice)).TextAt("state"));
        Assert.Equal("not_found", (await Client.GetAsync($"/v1/commands/{id}", Bob)).TextAt("state"));
        Assert.Equal("committed", (await Client.GetAsync($"/v1/commands/{id}", GuardedNode.Auditor)).TextAt("state"));
    }

    [Fact]
    public async Task Lists_of_bets_have_own_ones_open_and_closed()
    {
        var hers = await BetAsync(Alice, _alices);
        var his = await BetAsync(Bob, _bobs);

        Assert.Equal([hers], Orders(await Client.GetAsync("/v1/betting/orders", Alice)));
        Assert.Equal([his], Orders(await Client.GetAsync("/v1/betting/orders?market_id=b1", Bob)));
        Assert.Equal([his, hers], Orders(await Client.GetAsync("/v1/betting/orders", GuardedNode.Auditor)));
        (await Client.GetAsync($"/v1/betting/orders?account_id={_alices}", Bob)).ExpectProblem(404, "not_found");
        (await Client.DeleteAsync($"/v1/orders/{hers}", Bob)).ExpectProblem(404, "not_found", "rejected");
        (await Client.DeleteAsync($"/v1/orders/{hers}", Alice)).Expect(200);
        (await Client.DeleteAsync($"/v1/orders/{his}", Bob)).Expect(200);
        Assert.Equal([hers], Orders(await Client.GetAsync("/v1/betting/orders?status=closed", Alice)));
        Assert.Equal([his, hers], Orders(await Client.GetAsync("/v1/betting/orders?status=closed", GuardedNode.Admin)));
        (await Client.GetAsync($"/v1/betting/orders?status=closed&account_id={_alices}", Bob))
            .ExpectProblem(404, "not_found");
    }

    private async Task<string> PlaceAsync((string, string) user, string account, string side, string price) =>
        (await Client.PostAsync("/v1/orders", NodeFixture.Limit(account, "BTC-USD", side, price, "1"), user))
        .Expect(201).TextAt("order", "order_id")!;

    private async Task<string> BetAsync((string, string) user, string account) =>
        (await Client.PostAsync("/v1/orders", BettingMarkets.Bet(account, "b1", 1, "back", "2.00", "10"), user))
        .Expect(201).TextAt("order", "order_id")!;

    private static IEnumerable<string> Accounts(Answer page) => Texts(page, "account_id");

    private static IEnumerable<string> Orders(Answer page) => Texts(page, "order_id");

    private static IEnumerable<string> Texts(Answer page, string name) =>
        page.Expect(200).At("items").EnumerateArray().Select(item => item.GetProperty(name).GetString()!);
}
