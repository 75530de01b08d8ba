using ReplicatedBook.Node.Tests.Gateway.Sessions;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Clusters;

/// <summary>Goal: what was placed in a session is canceled also when the node that held it is gone. Method: three whole
/// nodes in one process; one goes without closing its sessions.</summary>
public sealed class LostNodesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static int _last;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Orders_of_a_node_that_is_gone_are_canceled_after_the_lease_and_those_of_others_are_not(
        bool isLeader)
    {
        var nodes = await StartAsync();
        try
        {
            var leader = await LeaderAsync(nodes);
            var lost = isLeader ? leader : nodes.First(node => node != leader);
            var left = nodes.First(node => node != lost);
            await left.OpenMarketAsync();
            await lost.WaitForFeatureLevelAsync();
            var placed = await lost.PlaceInAsync(await lost.OpenSessionAsync());
            await using var session = await left.OpenSessionAsync();
            var kept = await left.PlaceInAsync(session);

            nodes.Remove(lost);
            await lost.DisposeAsync();

            Assert.Equal("session_ended", await left.EndOfAsync(placed));
            Assert.Equal("open", (await left.StateOfAsync(kept)).Status);
            var consistency = (await left.Client.GetAsync("/v1/cluster/consistency?timeout_ms=10000")).Expect(200);
            Assert.Single(
                consistency.At("nodes").EnumerateArray().Where(node => !node.TryGetProperty("error", out _))
                    .Select(node => node.GetProperty("digest").GetString()).Distinct());
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }

    private static async Task<List<TestNode>> StartAsync()
    {
        TestMember[] members =
        [
            .. Enumerable.Range(1, 3).Select(k => new TestMember($"n{k}", TestNode.FreePort(), TestNode.FreePort())),
        ];
        var cluster = $"lost-{Interlocked.Increment(ref _last)}";
        var nodes = new List<TestNode>();
        foreach (var member in members)
        {
            nodes.Add(await TestNode.StartAsync(
                ["--Raft:ElectionTimeout=00:00:01", "--Sessions:Lease=00:00:04"], member.Id, members, cluster));
        }

        foreach (var node in nodes)
        {
            await node.Client.WaitUntilReadyAsync();
        }

        return nodes;
    }

    private static async Task<TestNode> LeaderAsync(List<TestNode> nodes)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            foreach (var node in nodes)
            {
                if ((await node.Client.GetAsync("/livez"))["rb-role"] == "leader")
                {
                    return node;
                }
            }

            patience.Token.ThrowIfCancellationRequested();
        }
    }
}
