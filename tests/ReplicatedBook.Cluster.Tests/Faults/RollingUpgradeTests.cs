using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Contracts.Http;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Goal: a cluster becomes newer node by node, without anybody noticing, and what the old ones do not know is
/// not used before they are gone (RELIABILITY P18). Method: real nodes held to the first feature level are started
/// again without that, under load.</summary>
public sealed class RollingUpgradeTests
{
    private const int Old = 1;
    private const int BetweenStops = 100;
    private const string HeldToOld = "--Cluster:MaxFeatureLevel=1";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    [Trait("FieldReport", "rolling upgrade broken by a new mandatory header")]
    public async Task No_client_sees_an_error_and_the_level_rises_with_the_last_node()
    {
        await using var cluster = await ClusterProcesses.StartAsync(3, HeldToOld);
        var writers = await KeyedWriters.StartAsync(cluster);
        foreach (var name in cluster.Names)
        {
            await writers.ProgressAsync(BetweenStops);
            await RequireLevelAsync(cluster, Old);
            await cluster.StopAsync(name);
            await writers.ProgressAsync(BetweenStops);
            cluster.SetFlags(name);
            cluster.Start(name);
            await cluster.WaitReadyAsync();
        }

        await writers.ProgressAsync(BetweenStops);
        var level = await RisenLevelAsync(cluster);
        Assert.True(level > Old);
        await writers.ProgressAsync(BetweenStops);
        await writers.JudgeAsync();
        await cluster.WaitEqualAsync();
        Assert.True((await cluster.Client.GetConsistencyAsync()).Require().Consistent);
    }

    [Fact]
    public async Task A_node_that_is_older_than_what_was_agreed_on_says_so_and_ends_and_the_others_go_on()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        var level = await RisenLevelAsync(cluster);
        var writers = await KeyedWriters.StartAsync(cluster);
        await writers.ProgressAsync(BetweenStops);
        foreach (var isOrderly in (bool[])[true, false])
        {
            var name = cluster.Names[isOrderly ? 0 : 1];
            await (isOrderly ? cluster.StopAsync(name) : cluster.KillAsync(name));
            cluster.SetFlags(name, HeldToOld);
            cluster.Start(name);
            await Patience.UntilAsync(
                () => Task.FromResult(cluster.HasExited(name) ? this : null), Limit, () => cluster.LogOf(name));

            Assert.True(cluster.ExitCode(name) == 2, $"{cluster.ExitCode(name)}: {cluster.LogOf(name)}");
            Assert.Contains($"needs feature level {level}, this node is set to support {Old}", cluster.LogOf(name));
            await writers.ProgressAsync(BetweenStops);
            cluster.SetFlags(name);
            cluster.Start(name);
            await cluster.WaitReadyAsync();
        }

        await writers.JudgeAsync();
    }

    private static async Task RequireLevelAsync(ClusterProcesses cluster, int level)
    {
        foreach (var name in cluster.Names)
        {
            Assert.Equal(level, (await cluster.At(name).GetNodeAsync()).Require().FeatureLevel);
        }
    }

    /// <summary>Waits until all nodes are at the highest level that they support.</summary>
    private static async Task<int> RisenLevelAsync(ClusterProcesses cluster)
    {
        IReadOnlyList<NodeResponse> nodes = [];
        await Patience.UntilAsync(
            async () =>
            {
                nodes = await cluster.ProbeNodesAsync(except: "");
                return nodes.Count == cluster.Names.Count && nodes.All(node => node.FeatureLevel == node.SupportedLevel)
                    ? cluster
                    : null;
            },
            Limit, () => string.Join('\n', nodes.Select(node => $"{node.NodeId}: {node.FeatureLevel}")));
        return nodes[0].FeatureLevel;
    }
}
