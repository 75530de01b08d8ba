using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Matching;
using ReplicatedBook.Node.Tests.Metrics;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Clusters;

/// <summary>Goal: of three nodes the one whose state goes wrong leaves service, and the others do not. Method: whole
/// nodes with real links; one number in one exchange is changed behind its back.</summary>
[Trait("Scenario", "83 identical_book_hash_on_all_nodes_at_every_index")]
public sealed class DivergedReplicaTests : IAsyncLifetime
{
    private readonly List<TestNode> _nodes = [];

    public async ValueTask InitializeAsync()
    {
        TestMember[] members =
        [
            .. Enumerable.Range(1, 3).Select(k => new TestMember($"n{k}", TestNode.FreePort(), TestNode.FreePort())),
        ];
        foreach (var member in members)
        {
            _nodes.Add(await TestNode.StartAsync([], member.Id, members, "diverging"));
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
    public async Task The_node_that_differs_says_so_and_the_others_serve()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var wrong = _nodes[1];
        var right = _nodes[0].Client;
        (await right.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""")).Expect(201);
        var account = (await right.PostAsync("/v1/accounts", "{}")).Expect(201).TextAt("account_id");
        await wrong.Services.GetRequiredService<IReplicaReader>().ReadAsync(CountOneLedgerEntryTooMany, patience.Token);

        var status = wrong.Services.GetRequiredService<IReplicatedLog>();
        while (status.Status.Divergence is null)
        {
            // Where the node that differs leads, what it had under way when it stopped is unknown.
            var answer = await right.PostAsync($"/v1/accounts/{account}/deposits", """{"asset":"USD","amount":"1"}""");
            Assert.Contains((int)answer.Status, (int[])[201, 504]);
            patience.Token.ThrowIfCancellationRequested();
        }

        Assert.Contains(
            "[-]agreement failed", (await wrong.Client.GetAsync("/readyz")).Text, StringComparison.Ordinal);
        (await wrong.Client.GetAsync("/v1/assets?consistency=weak")).ExpectProblem(503, "shutting_down");
        await right.WaitUntilReadyAsync();
        (await right.PostAsync($"/v1/accounts/{account}/deposits", """{"asset":"USD","amount":"1"}""")).Expect(201);
        var cluster = (await right.GetAsync("/v1/cluster")).Expect(200);
        Assert.Equal(
            ["n2"],
            cluster.At("members").EnumerateArray().Where(member => !member.GetProperty("healthy").GetBoolean())
                .Select(member => member.GetProperty("node_id").GetString()));
        var compared = (await right.GetAsync("/v1/cluster/consistency?timeout_ms=10000")).Expect(200);
        Assert.False(compared.At("consistent").GetBoolean());
        Assert.True(compared.At("first_divergence").GetInt64() <= status.Status.Divergence.Index);

        await RequireMetricsAsync(wrong.Client, diverged: 1, mismatches: 2, patience.Token);
        await RequireMetricsAsync(right, diverged: 0, mismatches: 1, patience.Token);
        await RequireMetricsAsync(_nodes[2].Client, diverged: 0, mismatches: 1, patience.Token);
    }

    [Fact]
    public async Task Members_show_their_builds_and_the_level_they_have_agreed_on()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Answer cluster;
        do
        {
            cluster = (await _nodes[2].Client.GetAsync("/v1/cluster")).Expect(200);
            patience.Token.ThrowIfCancellationRequested();
        }
        while (cluster.At("feature_level").GetInt32() < FeatureLevels.Supported);

        Assert.All(cluster.At("members").EnumerateArray(), member => Assert.Equal(
            (FeatureLevels.Supported, _nodes[0].GetType().Assembly.GetName().Version!.ToString(3)),
            (member.GetProperty("supported_level").GetInt32(), member.GetProperty("version").GetString())));
    }

    /// <summary>Waits until a node has noticed so many that differ from it.</summary>
    private static async Task RequireMetricsAsync(
        TestClient node, int diverged, int mismatches, CancellationToken patience)
    {
        ScrapedMetrics scraped;
        do
        {
            scraped = ScrapedMetrics.Parse((await node.GetAsync("/metrics")).Expect(200).Text);
            patience.ThrowIfCancellationRequested();
        }
        while (scraped.Of("rb_digest_mismatch_total") < mismatches);

        Assert.Equal(diverged, scraped.Of("rb_replica_diverged"));
    }

    private static bool CountOneLedgerEntryTooMany(Exchange exchange)
    {
        var number = typeof(Exchange).GetField("_lastLedger", BindingFlags.Instance | BindingFlags.NonPublic)!;
        number.SetValue(exchange, (long)number.GetValue(exchange)! + 1);
        return true;
    }
}
