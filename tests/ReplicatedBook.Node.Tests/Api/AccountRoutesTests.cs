using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

public sealed class AccountRoutesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Assets_are_created_once_and_listed_in_both_orders()
    {
        (await node.Client.PostAsync("/v1/assets", """{"asset":"EUR","scale":2}""")).Expect(201);

        (await node.Client.PostAsync("/v1/assets", """{"asset":"EUR","scale":2}"""))
            .ExpectProblem(409, "already_exists", "rejected");
        (await node.Client.PostAsync("/v1/assets", """{"asset":"E:R","scale":2}"""))
            .ExpectProblem(400, "invalid_field");
        (await node.Client.PostAsync("/v1/assets", """{"asset":"ABC","scale":13}"""))
            .ExpectProblem(400, "invalid_field");
        (await node.Client.PostAsync("/v1/assets", """{"asset":"ABC","scale":"2"}"""))
            .ExpectProblem(400, "invalid_field");
        Assert.Equal("USD",
            (await node.Client.GetAsync("/v1/assets?order=asc&limit=1")).Expect(200).TextAt("items", "0", "asset"));
    }

    [Fact]
    public async Task Pages_of_a_list_are_one_picture_although_it_grows_meanwhile()
    {
        var first = await node.NewAccountAsync();
        var second = await node.NewAccountAsync();
        var page = (await node.Client.GetAsync("/v1/accounts?limit=1")).Expect(200);
        await node.NewAccountAsync();

        var next = (await node.Client.GetAsync($"/v1/accounts?limit=1&cursor={page.TextAt("next_cursor")}"))
            .Expect(200);
        var ascending = (await node.Client.GetAsync("/v1/accounts?order=asc&limit=1")).Expect(200);
        await node.NewAccountAsync();
        var all = new List<string?>();
        for (var cursor = ascending.TextAt("next_cursor"); cursor is not null;)
        {
            var more = (await node.Client.GetAsync($"/v1/accounts?order=asc&limit=1&cursor={cursor}")).Expect(200);
            all.Add(more.TextAt("items", "0", "account_id"));
            cursor = more.Json.TryGetProperty("next_cursor", out var given) ? given.GetString() : null;
        }

        Assert.Equal(
            (second, first), (page.TextAt("items", "0", "account_id"), next.TextAt("items", "0", "account_id")));
        Assert.Equal(int.Parse(second[1..]) + 1, int.Parse(all[^1]![1..]));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=x")]
    [InlineData("order=up")]
    [InlineData("cursor=%21")]
    [InlineData("cursor=AAAA")]
    [InlineData("limit=1&limit=1")]
    [InlineData("Limit=1")]
    [InlineData("colour=red")]
    public async Task Bad_list_parameters_are_refused(string query) =>
        (await node.Client.GetAsync($"/v1/accounts?{query}")).ExpectProblem(400, "invalid_query");

    [Fact]
    public async Task An_account_has_an_owner_a_label_and_a_time()
    {
        var created = (await node.Client.PostAsync("/v1/accounts", """{"label":"desk 1"}""")).Expect(201);

        var read = (await node.Client.GetAsync($"/v1/accounts/{created.TextAt("account_id")}")).Expect(200);

        Assert.Equal(("local", "desk 1"), (read.TextAt("user_id"), read.TextAt("label")));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", read.TextAt("created_at"));
        (await node.Client.PostAsync("/v1/accounts", """{"label":"é"}""")).ExpectProblem(400, "invalid_field");
        (await node.Client.GetAsync("/v1/accounts/a0")).ExpectProblem(404, "not_found");
        (await node.Client.GetAsync("/v1/accounts/a999999")).ExpectProblem(404, "not_found");
        (await node.Client.GetAsync("/v1/accounts/b1")).ExpectProblem(404, "not_found");
    }

    [Fact]
    public async Task An_account_can_be_opened_without_a_body()
    {
        (await node.Client.SendAsync(HttpMethod.Post, "/v1/accounts", null)).Expect(201);
    }

    [Fact]
    public async Task Deposits_withdrawals_and_open_orders_show_in_the_balances()
    {
        var (account, symbol) = (await node.NewAccountAsync(usd: "100", btc: "1"), await node.NewInstrumentAsync());
        await node.PlaceAsync(account, symbol, "buy", "57", "1");

        var withdrawn = await node.Client.PostAsync(
            $"/v1/accounts/{account}/withdrawals", """{"asset":"USD","amount":"3.5","reference":"bank"}""");
        var balances = (await node.Client.GetAsync($"/v1/accounts/{account}/balances")).Expect(200);

        withdrawn.Expect(201);
        Assert.Equal("39.50", withdrawn.TextAt("balance", "available"));
        var usd = balances.At("items").EnumerateArray().Single(item => item.GetProperty("asset").GetString() == "USD");
        Assert.Equal("96.50", usd.GetProperty("total").GetString());
        Assert.Equal("57.00", usd.GetProperty("reserved").GetString());
        (await node.Client.GetAsync("/v1/accounts/a999999/balances")).ExpectProblem(404, "not_found");
    }

    [Theory]
    [InlineData("""{"asset":"USD","amount":"0"}""", 400, "invalid_field", "not_executed")]
    [InlineData("""{"asset":"USD","amount":"0.001"}""", 400, "invalid_field", "not_executed")]
    [InlineData("""{"asset":"USD","amount":5}""", 400, "invalid_field", "not_executed")]
    [InlineData("""{"asset":"USD"}""", 400, "missing_field", "not_executed")]
    [InlineData("""{"asset":"XYZ","amount":"1"}""", 404, "not_found", "not_executed")]
    [InlineData("""{"asset":"USD","amount":"999999999999999999"}""", 400, "invalid_field", "not_executed")]
    [InlineData("""{"asset":"USD","amount":"90000000000000000"}""", 400, "invalid_field", "rejected")]
    public async Task Bad_deposits_are_refused(string body, int status, string code, string outcome)
    {
        var account = await node.NewAccountAsync(usd: "10000000000000000");

        (await node.Client.PostAsync($"/v1/accounts/{account}/deposits", body)).ExpectProblem(status, code, outcome);
        await node.Client.PostAsync(
            $"/v1/accounts/{account}/withdrawals", """{"asset":"USD","amount":"10000000000000000"}""");
    }

    [Fact]
    public async Task More_than_is_available_cannot_be_withdrawn()
    {
        var account = await node.NewAccountAsync(usd: "5");

        (await node.Client.PostAsync($"/v1/accounts/{account}/withdrawals", """{"asset":"USD","amount":"5.01"}"""))
            .ExpectProblem(422, "insufficient_funds", "rejected");
        (await node.Client.PostAsync("/v1/accounts/a999999/withdrawals", """{"asset":"USD","amount":"1"}"""))
            .ExpectProblem(404, "not_found", "rejected");
        (await node.Client.PostAsync("/v1/accounts/none/withdrawals", """{"asset":"USD","amount":"1"}"""))
            .ExpectProblem(404, "not_found");
    }
}
