using System.Text.Json;
using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

public sealed class ClusterRoutesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task The_cluster_shows_its_members_and_what_it_can_bear()
    {
        var cluster = (await node.Client.GetAsync("/v1/cluster")).Expect(200);

        Assert.Equal(("test", "n1"), (cluster.TextAt("cluster_id"), cluster.TextAt("leader")));
        Assert.Equal((1, 0), (cluster.At("quorum").GetInt32(), cluster.At("fault_tolerance").GetInt32()));
        Assert.Equal("leader", cluster.TextAt("members", "0", "role"));
        Assert.True(cluster.At("members", "0", "healthy").GetBoolean());
        (await node.Client.GetAsync("/v1/cluster?x=1")).ExpectProblem(400, "invalid_query");
    }

    [Fact]
    public async Task The_node_shows_where_it_stands()
    {
        var read = (await node.Client.GetAsync("/v1/node")).Expect(200);

        Assert.Equal(read.Index, read.At("applied_index").GetInt64());
        Assert.StartsWith(read["rb-digest"], read.TextAt("digest"), StringComparison.Ordinal);
        Assert.Equal("leader", read.TextAt("role"));
        Assert.True(read.At("log_bytes").GetInt64() > 0);
        (await node.Client.GetAsync("/v1/node?x=1")).ExpectProblem(400, "invalid_query");
    }

    [Fact]
    public async Task A_receipt_can_be_checked_against_the_digest_and_state_hash_at_its_index()
    {
        var created = (await node.Client.PostAsync("/v1/accounts", "{}")).Expect(201);
        await node.NewAccountAsync();
        var path = $"/v1/node/digest?at_index={created.Index}";

        var digest = (await node.Client.GetAsync(path)).Expect(200);
        var hashed = (await node.Client.GetAsync($"{path}&state_hash=true&timeout_ms=10000")).Expect(200);

        Assert.Equal(created.TextAt("receipt", "digest"), digest.TextAt("digest"));
        Assert.Equal(created.TextAt("receipt", "digest"), hashed.TextAt("digest"));
        Assert.Equal(64, hashed.TextAt("state_hash")!.Length);
        Assert.False(digest.Json.TryGetProperty("state_hash", out _));
        Assert.Equal(created.Index, digest.Index);
        (await node.Client.GetAsync("/v1/node/digest?at_index=99999999")).ExpectProblem(503, "index_not_reached");
    }

    [Fact]
    public async Task Consistency_of_a_cluster_of_one_holds_at_any_index()
    {
        var now = (await node.Client.GetAsync("/v1/cluster/consistency?state_hash=true&timeout_ms=10000")).Expect(200);
        var later = (await node.Client.GetAsync("/v1/cluster/consistency?at_index=99999999")).Expect(200);

        Assert.True(now.At("consistent").GetBoolean());
        Assert.Equal(64, now.TextAt("nodes", "0", "state_hash")!.Length);
        Assert.Equal("index_not_reached", later.TextAt("nodes", "0", "error"));
    }

    [Theory]
    [InlineData("assets")]
    [InlineData("accounts")]
    [InlineData("instruments")]
    [InlineData("balances")]
    [InlineData("orders")]
    [InlineData("books")]
    public async Task A_part_of_the_state_is_the_same_bytes_now_and_later_at_its_index(string part)
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var placed = await node.PlaceAsync(account, symbol, "buy", "10", "1");
        await node.PlaceAsync(account, symbol, "sell", "11", "1");

        var now = (await node.Client.GetAsync($"/v1/node/state?part={part}")).Expect(200);
        await node.PlaceAsync(account, symbol, "buy", "10", "1");
        var then = (await node.Client.GetAsync($"/v1/node/state?part={part}&at_index={now.Index}&timeout_ms=10000"))
            .Expect(200);

        Assert.Equal(now.Bytes, then.Bytes);
        Assert.NotEqual(0, now.At("items").GetArrayLength());
        Assert.NotEqual(0, placed.Index);
    }

    [Fact]
    public async Task Parts_without_content_are_empty_and_unknown_parts_are_refused()
    {
        Assert.Equal(
            0, (await node.Client.GetAsync("/v1/node/state?part=users")).Expect(200).At("items").GetArrayLength());
        (await node.Client.GetAsync("/v1/node/state?part=secrets")).ExpectProblem(400, "invalid_query");
        (await node.Client.GetAsync("/v1/node/state")).ExpectProblem(400, "invalid_query");
    }

    [Fact]
    public async Task Leadership_cannot_go_where_there_is_nobody()
    {
        (await node.Client.PostAsync("/v1/cluster/leader", """{"node_id":"n9"}""")).ExpectProblem(404, "not_found");
        (await node.Client.PostAsync("/v1/cluster/leader", """{"node":"n1"}""")).ExpectProblem(400, "unknown_field");
        Assert.Equal("n1",
            (await node.Client.PostAsync("/v1/cluster/leader", """{"node_id":"n1"}""")).Expect(200).TextAt("leader"));
    }

    [Fact]
    public async Task Health_is_told_in_lines()
    {
        Assert.Equal("ok\n", (await node.Client.GetAsync("/livez")).Expect(200).Text);
        Assert.Equal("ok\n", (await node.Client.GetAsync("/readyz")).Expect(200).Text);
        Assert.Equal(
            "[+]leader ok\n[+]caught_up ok\n[+]lag excluded\n[+]disk ok\n[+]agreement ok\nready\n",
            (await node.Client.GetAsync("/healthz?verbose&exclude=lag")).Expect(200).Text);
        (await node.Client.GetAsync("/readyz?exclude=moon")).ExpectProblem(400, "invalid_query");
        (await node.Client.GetAsync("/livez?x=1")).ExpectProblem(400, "invalid_query");
    }

    [Fact]
    public async Task The_openapi_document_lists_every_route()
    {
        var document = (await node.Client.GetAsync("/openapi/v1.json")).Expect(200);

        string[] expected =
        [
            "/v1/orders", "/v1/orders/{order_id}", "/v1/orders/by_client_id/{client_order_id}", "/v1/orders/batch",
            "/v1/orders/validate",
            "/v1/commands/{id}", "/v1/assets", "/v1/accounts", "/v1/accounts/{account_id}",
            "/v1/accounts/{account_id}/balances", "/v1/accounts/{account_id}/cancel_after",
            "/v1/accounts/{account_id}/deposits", "/v1/accounts/{account_id}/positions",
            "/v1/accounts/{account_id}/portfolio", "/v1/audit", "/v1/audit/conservation", "/v1/events",
            "/v1/events/{event_id}",
            "/v1/markets/{market_id}", "/v1/markets/{market_id}/book", "/v1/markets/{market_id}/status",
            "/v1/markets/{market_id}/close", "/v1/markets/{market_id}/resolve", "/v1/markets/{market_id}/void",
            "/v1/markets/{market_id}/split", "/v1/markets/{market_id}/merge",
            "/v1/accounts/{account_id}/withdrawals", "/v1/instruments", "/v1/instruments/{symbol}",
            "/v1/instruments/{symbol}/status", "/v1/instruments/{symbol}/book", "/v1/instruments/{symbol}/trades",
            "/v1/instruments/{symbol}/ticker", "/v1/feed", "/v1/cluster", "/v1/cluster/consistency",
            "/v1/cluster/leader", "/v1/cluster/members", "/v1/cluster/members/{node_id}",
            "/v1/cluster/members/{node_id}/promote", "/v1/cluster/snapshots",
            "/v1/cluster/snapshots/{snapshot_id}/content",
            "/.well-known/jwks.json", "/v1/api_keys", "/v1/api_keys/{key_id}", "/v1/auth/login", "/v1/auth/logout",
            "/v1/auth/password", "/v1/auth/refresh", "/v1/auth/register", "/v1/bootstrap", "/v1/me",
            "/v1/node/signing_keys", "/v1/transfers", "/v1/users", "/v1/users/{user_id}",
            "/v1/node", "/v1/node/digest", "/v1/node/state", "/v1/node/log",
            "/livez", "/readyz", "/healthz", "/metrics",
            "/v1/orders/{order_id}/reduce", "/v1/accounts/{account_id}/exposure", "/v1/betting/orders",
            "/v1/betting/markets", "/v1/betting/markets/{market_id}", "/v1/betting/markets/{market_id}/book",
            "/v1/betting/markets/{market_id}/trades", "/v1/betting/markets/{market_id}/trades/void",
            "/v1/betting/markets/{market_id}/runners", "/v1/betting/markets/{market_id}/runners/{runner_id}",
            "/v1/betting/markets/{market_id}/state",
            "/v1/betting/markets/{market_id}/phase", "/v1/betting/markets/{market_id}/settle",
            "/v1/betting/markets/{market_id}/void", "/v1/betting/markets/{market_id}/orders/cancel", "/v1/ws",
        ];
        Assert.Equal(expected.Order(), document.At("paths").EnumerateObject().Select(path => path.Name).Order());
        var order = document.At("components", "schemas", "PlaceOrderRequest");
        Assert.Equal(
            ["instrument", "side", "type"],
            order.GetProperty("required").EnumerateArray().Select(name => name.GetString()).Order());
        Assert.Equal(JsonValueKind.Object, order.GetProperty("properties").GetProperty("client_order_id").ValueKind);
    }

    [Fact]
    public void Every_code_is_unique_and_fits_its_status()
    {
        Assert.Equal(ProblemCodes.All.Count, ProblemCodes.All.Select(code => code.Code).Distinct().Count());
        Assert.All(ProblemCodes.All, code => Assert.Equal(code, ProblemCodes.Find(code.Code)));
        Assert.All(ProblemCodes.All, code => Assert.InRange(code.Status, 400, 504));
    }
}
