using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

public sealed class ReplayTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task A_keyed_request_gets_its_first_answer_again_and_is_done_once()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var body = NodeFixture.Limit(account, symbol, "buy", "10", "1");

        var first = (await node.Client.PostAsync("/v1/orders", body, ("Idempotency-Key", "k-1"))).Expect(201);
        var second = (await node.Client.PostAsync("/v1/orders", body, ("Idempotency-Key", "k-1"))).Expect(201);

        Assert.False(first.Headers.ContainsKey("idempotency-replayed"));
        Assert.Equal("true", second["idempotency-replayed"]);
        Assert.Equal(first.Text, second.Text);
        var book = await node.Client.GetAsync($"/v1/instruments/{symbol}/book");
        Assert.Equal("""[["10.00","1.0000",1]]""", book.At("bids").GetRawText());
    }

    [Fact]
    public async Task A_refusal_is_replayed_too()
    {
        var (account, symbol) = (await node.NewAccountAsync(usd: "1"), await node.NewInstrumentAsync());
        var body = NodeFixture.Limit(account, symbol, "buy", "10", "1");

        var first = await node.Client.PostAsync("/v1/orders", body, ("Idempotency-Key", "k-2"));
        (await node.Client.PostAsync($"/v1/accounts/{account}/deposits", """{"asset":"USD","amount":"100"}"""))
            .Expect(201);
        var second = await node.Client.PostAsync("/v1/orders", body, ("Idempotency-Key", "k-2"));

        first.ExpectProblem(422, "insufficient_funds", "rejected");
        second.ExpectProblem(422, "insufficient_funds", "rejected");
        Assert.Equal("true", second["idempotency-replayed"]);
        Assert.Equal(first.At("index").GetInt64(), second.At("index").GetInt64());
    }

    [Fact]
    public async Task A_key_with_another_request_is_refused_without_effect()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        (await node.Client.PostAsync(
            "/v1/orders", NodeFixture.Limit(account, symbol, "buy", "10", "1"), ("Idempotency-Key", "k-3")))
                .Expect(201);

        (await node.Client.PostAsync(
            "/v1/orders", NodeFixture.Limit(account, symbol, "buy", "10", "2"), ("Idempotency-Key", "k-3")))
            .ExpectProblem(422, "idempotency_key_reused", "rejected");
    }

    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task A_bad_key_is_refused(string key) =>
        (await node.Client.PostAsync("/v1/accounts", "{}", ("Idempotency-Key", key)))
            .ExpectProblem(400, "invalid_field");

    [Fact]
    public async Task An_order_repeated_by_client_id_is_the_existing_one()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var body = NodeFixture.Limit(account, symbol, "buy", "10", "1", ""","client_order_id":"c-1" """);
        var first = (await node.Client.PostAsync("/v1/orders", body)).Expect(201);

        var second = (await node.Client.PostAsync("/v1/orders", body)).Expect(200);

        Assert.Equal("true", second["idempotency-replayed"]);
        Assert.Equal(first.TextAt("order", "order_id"), second.TextAt("order", "order_id"));
        (await node.Client.PostAsync("/v1/orders", body.Replace("\"10\"", "\"11\"")))
            .ExpectProblem(409, "duplicate_client_order_id", "rejected");
    }

    [Fact]
    public async Task A_command_is_found_by_key_with_its_result()
    {
        var (account, symbol) = (await node.NewAccountAsync(usd: "50"), await node.NewInstrumentAsync());
        var body = NodeFixture.Limit(account, symbol, "buy", "10", "1");
        var placed = (await node.Client.PostAsync("/v1/orders", body, ("Idempotency-Key", "k-4"))).Expect(201);
        (await node.Client.PostAsync("/v1/orders", body.Replace("\"1\"", "\"9\""), ("Idempotency-Key", "k-5")))
            .Expect(422);

        var committed = (await node.Client.GetAsync("/v1/commands/k-4")).Expect(200);
        var rejected = (await node.Client.GetAsync("/v1/commands/k-5")).Expect(200);

        Assert.Equal("committed", committed.TextAt("state"));
        Assert.Equal(placed.TextAt("receipt", "digest"), committed.TextAt("receipt", "digest"));
        Assert.Equal(placed.TextAt("order", "order_id"), committed.TextAt("result", "order", "order_id"));
        Assert.Equal("rejected", rejected.TextAt("state"));
        Assert.Equal("insufficient_funds", rejected.TextAt("result", "code"));
        Assert.Equal("not_found", (await node.Client.GetAsync("/v1/commands/k-none")).Expect(200).TextAt("state"));
    }

    [Fact]
    public async Task Every_kind_of_keyed_command_shows_its_result()
    {
        async Task<Answer> CommandAsync(string key) => (await node.Client.GetAsync($"/v1/commands/{key}")).Expect(200);
        (await node.Client.PostAsync("/v1/assets", """{"asset":"KEY","scale":3}""", ("Idempotency-Key", "r-asset")))
            .Expect(201);
        var account = (await node.Client.PostAsync("/v1/accounts", "{}", ("Idempotency-Key", "r-account")))
            .Expect(201).TextAt("account_id");
        (await node.Client.PostAsync(
            $"/v1/accounts/{account}/deposits", """{"asset":"KEY","amount":"1"}""", ("Idempotency-Key", "r-deposit")))
                .Expect(201);
        (await node.Client.PostAsync(
            "/v1/instruments", NodeFixture.Instrument("KEYED"), ("Idempotency-Key", "r-instrument")))
            .Expect(201);
        (await node.Client.DeleteAsync($"/v1/orders?account_id={account}", ("Idempotency-Key", "r-mass"))).Expect(200);
        var order = NodeFixture.Limit(account!, "KEYED", "buy", "1", "1");
        (await node.Client.PostAsync(
            "/v1/orders/batch", $$"""{"orders":[{{order}}]}""", ("Idempotency-Key", "r-batch")))
            .Expect(200);

        Assert.Equal("KEY", (await CommandAsync("r-asset")).TextAt("result", "asset"));
        Assert.Equal(account, (await CommandAsync("r-account")).TextAt("result", "account_id"));
        Assert.Equal("1.000", (await CommandAsync("r-deposit")).TextAt("result", "balance", "total"));
        Assert.Equal("KEYED", (await CommandAsync("r-instrument")).TextAt("result", "symbol"));
        Assert.Equal(0, (await CommandAsync("r-mass")).At("result", "canceled").GetInt32());
        Assert.Equal(
            "insufficient_funds", (await CommandAsync("r-batch")).TextAt("result", "results", "0", "problem", "code"));
    }

    [Fact]
    public async Task A_queued_command_is_followed_by_its_id()
    {
        var accepted = (await node.Client.PostAsync("/v1/accounts?wait=accepted", "{}")).Expect(202);
        var id = accepted.TextAt("command_id")!;
        var (index, term) = (long.Parse(id[1..id.IndexOf('.')]), long.Parse(id[(id.IndexOf('.') + 1)..]));

        var found = (await node.Client.GetAsync($"/v1/commands/{id}?min_index={index}")).Expect(200);

        Assert.Equal(("committed", id), (found.TextAt("state"), found.TextAt("receipt", "command_id")));
        Assert.Equal("not_found", (await node.Client.GetAsync($"/v1/commands/c{index}.{term + 1}")).TextAt("state"));
        Assert.Equal("queued", (await node.Client.GetAsync($"/v1/commands/c{index + 9999}.{term}")).TextAt("state"));
    }

    [Theory]
    [InlineData("wait=projected", 403, "feature_disabled")]
    [InlineData("receipt=signed", 403, "feature_disabled")]
    [InlineData("receipt=sealed", 400, "invalid_query")]
    [InlineData("wait=forever", 400, "invalid_query")]
    [InlineData("timeout_ms=30001", 400, "invalid_query")]
    [InlineData("timeout_ms=0", 400, "invalid_query")]
    [InlineData("redirect=maybe", 400, "invalid_query")]
    [InlineData("consistency=weak", 400, "invalid_query")]
    public async Task Bad_write_parameters_are_refused(string query, int status, string code) =>
        (await node.Client.PostAsync($"/v1/accounts?{query}", "{}")).ExpectProblem(status, code);
}
