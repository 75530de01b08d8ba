using System.Net;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Node.Tests.Tcp;

namespace ReplicatedBook.Node.Tests.Clusters;

/// <summary>Goal: any node serves any request. Method: three whole nodes in one process, real links between
/// them.</summary>
public sealed class ThreeNodesTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static int _last;

    private readonly List<TestNode> _nodes = [];

    public async ValueTask InitializeAsync()
    {
        TestMember[] members =
        [
            .. Enumerable.Range(1, 3).Select(k => new TestMember($"n{k}", TestNode.FreePort(), TestNode.FreePort())),
        ];
        var cluster = $"test-{Interlocked.Increment(ref _last)}";
        foreach (var member in members)
        {
            _nodes.Add(await TestNode.StartAsync(
                ["--Raft:ElectionTimeout=00:00:01", "--Tcp:Port=0"], member.Id, members, cluster));
        }

        foreach (var node in _nodes)
        {
            await node.Client.WaitUntilReadyAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_follower_forwards_writes_redirects_on_request_and_serves_its_own_writes_back()
    {
        var (leader, followers) = await RolesAsync();
        var asset = (await followers[0].Client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""")).Expect(201);

        Assert.Equal(asset["rb-node"], asset["rb-forwarded"]);
        var redirected =
            await followers[1].Client.SendAsync(HttpMethod.Post, "/v1/accounts?redirect=true", TestClient.Json("{}"));
        Assert.Equal(HttpStatusCode.TemporaryRedirect, redirected.Status);
        Assert.Equal(
            new Uri(leader.Client.Http.BaseAddress!, "/v1/accounts?redirect=true"), new Uri(redirected["location"]));
        (await leader.Client.PostAsync("/v1/accounts?redirect=true", "{}")).Expect(201);
        foreach (var node in _nodes)
        {
            var weak = await node.Client.GetAsync($"/v1/assets?consistency=weak&min_index={asset.Index}");
            Assert.Equal("USD", weak.Expect(200).TextAt("items", "0", "asset"));
            Assert.Equal("USD", (await node.Client.GetAsync("/v1/assets")).Expect(200).TextAt("items", "0", "asset"));
        }
    }

    [Fact]
    public async Task A_follower_forwards_what_comes_by_lines_and_serves_it_back()
    {
        var (leader, followers) = await RolesAsync();
        (await leader.Client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""")).Expect(201);
        (await leader.Client.PostAsync("/v1/assets", """{"asset":"BTC","scale":8}""")).Expect(201);
        (await leader.Client.PostAsync("/v1/instruments", NodeFixture.Instrument("BTC-USD"))).Expect(201);
        var account = (await leader.Client.PostAsync("/v1/accounts", "{}")).Expect(201).TextAt("account_id");
        using var client = await LineClient.ConnectAsync(followers[0]);
        var name = (await leader.Client.GetAsync("/livez"))["rb-node"];

        Assert.Matches($"^OK 1 node=n. role=follower leader={name} term=", await client.AskAsync("STATUS 1"));
        Assert.StartsWith(
            "OK 2 total=900.00 available=900.00 reserved=0.00 index=", await client.AskAsync($"A 2 {account} USD 900"));
        var placed = (await client.AskAsync($"NEW 3 BTC-USD B LIMIT 100 2 account={account}"))!.Split(' ');
        Assert.Equal(["OK", "3", "status=open"], [placed[0], placed[1], placed[3]]);
        var order = placed[2]["order=".Length..];
        Assert.StartsWith($"OK 4 order={order} status=open filled=0.0000 ", await client.AskAsync($"ORDER 4 {order}"));
        var resting = (await leader.Client.GetAsync("/v1/instruments/BTC-USD/book?level=3")).Expect(200);
        Assert.Equal(order, resting.TextAt("bids", "0", "2"));
        Assert.StartsWith($"OK 5 order={order} status=canceled ", await client.AskAsync($"CANCEL 5 {order}"));
    }

    [Fact]
    public async Task A_replay_at_another_node_gives_the_first_receipt()
    {
        var (_, followers) = await RolesAsync();
        var first = (await followers[0].Client.PostAsync("/v1/accounts", "{}", ("Idempotency-Key", "k"))).Expect(201);
        var second = (await followers[1].Client.PostAsync("/v1/accounts", "{}", ("Idempotency-Key", "k"))).Expect(201);

        Assert.Equal("true", second["idempotency-replayed"]);
        Assert.Equal(first.TextAt("account_id"), second.TextAt("account_id"));
        Assert.Equal(first.TextAt("receipt", "digest"), second.TextAt("receipt", "digest"));
    }

    [Fact]
    public async Task Members_are_compared_and_dumps_are_the_same_bytes()
    {
        var written = (await _nodes[0].Client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""")).Expect(201);

        var consistency = (await _nodes[1].Client.GetAsync("/v1/cluster/consistency?timeout_ms=10000")).Expect(200);
        var cluster = (await _nodes[2].Client.GetAsync("/v1/cluster")).Expect(200);

        Assert.True(consistency.At("consistent").GetBoolean());
        Assert.All(consistency.At("nodes").EnumerateArray(), member =>
            Assert.Equal(64, member.GetProperty("digest").GetString()!.Length));
        Assert.Equal((2, 1), (cluster.At("quorum").GetInt32(), cluster.At("fault_tolerance").GetInt32()));
        var dumps = new List<string>();
        foreach (var node in _nodes)
        {
            var path = $"/v1/node/state?part=assets&at_index={written.Index}&timeout_ms=10000";
            dumps.Add((await node.Client.GetAsync(path)).Expect(200).Text);
        }

        Assert.Single(dumps.Distinct());
    }

    [Fact]
    public async Task Leadership_is_handed_over_from_any_node_and_writes_go_on()
    {
        var (_, followers) = await RolesAsync();
        var target = followers[0].Client;
        var name = (await target.GetAsync("/livez"))["rb-node"];

        var moved = (await followers[1].Client.PostAsync("/v1/cluster/leader", $$"""{"node_id":"{{name}}"}"""))
            .Expect(200);

        Assert.Equal(name, moved.TextAt("leader"));
        (await followers[1].Client.PostAsync("/v1/accounts", "{}")).Expect(201);
    }

    [Fact]
    public async Task Without_a_majority_strong_reads_and_writes_are_refused_and_weak_reads_are_answered()
    {
        var (leader, followers) = await RolesAsync();
        var asset = (await leader.Client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""")).Expect(201);
        var left = followers[0];
        (await left.Client.GetAsync($"/v1/assets?consistency=weak&min_index={asset.Index}")).Expect(200);
        await leader.DisposeAsync();
        await followers[1].DisposeAsync();
        _nodes.RemoveAll(node => node != left);
        using var patience = new CancellationTokenSource(Patience);
        while ((await left.Client.GetAsync("/livez"))["rb-leader"] != "-")
        {
            patience.Token.ThrowIfCancellationRequested();
        }

        (await left.Client.GetAsync("/v1/assets?timeout_ms=200")).ExpectProblem(503, "no_leader");
        (await left.Client.PostAsync("/v1/accounts?timeout_ms=200", "{}")).ExpectProblem(503, "no_leader");
        (await left.Client.PostAsync("/v1/accounts?redirect=true", "{}")).ExpectProblem(503, "no_leader");
        (await left.Client.PostAsync("/v1/cluster/leader", "{}")).ExpectProblem(503, "no_leader");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await left.Client.GetAsync("/readyz")).Status);
        (await left.Client.GetAsync("/livez")).Expect(200);
        var weak = (await left.Client.GetAsync("/v1/assets?consistency=weak")).Expect(200);
        Assert.Equal("USD", weak.TextAt("items", "0", "asset"));
        (await left.Client.GetAsync("/v1/assets?consistency=weak&max_lag_ms=0")).ExpectProblem(503, "too_stale");
        var cluster = (await left.Client.GetAsync("/v1/cluster")).Expect(200);
        Assert.Equal(
            1, cluster.At("members").EnumerateArray().Count(member => member.GetProperty("healthy").GetBoolean()));
        var consistency = (await left.Client.GetAsync("/v1/cluster/consistency?timeout_ms=500")).Expect(200);
        Assert.Equal(
            2, consistency.At("nodes").EnumerateArray().Count(member => member.TryGetProperty("error", out _)));
    }

    private async Task<(TestNode Leader, TestNode[] Followers)> RolesAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var leader = (await _nodes[0].Client.GetAsync("/livez"))["rb-leader"];
            var found = new List<TestNode>();
            foreach (var node in _nodes)
            {
                var answer = await node.Client.GetAsync("/livez");
                if (answer["rb-node"] == leader && answer["rb-role"] == "leader")
                {
                    found.Add(node);
                }
            }

            if (found is [var single])
            {
                return (single, [.. _nodes.Where(node => node != single)]);
            }

            patience.Token.ThrowIfCancellationRequested();
        }
    }
}
