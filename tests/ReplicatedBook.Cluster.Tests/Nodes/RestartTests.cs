using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Nodes;

/// <summary>Goal: what was acknowledged outlives the leader. Method: real processes, SIGKILL.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Acknowledged_write_is_on_every_node_after_the_leader_was_killed_and_started_again()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        var asset = await cluster.Client.CreateAssetAsync(new() { Asset = "USD", Scale = 2 });
        var leader = await cluster.LeaderAsync();
        await cluster.KillAsync(leader);
        var other = await cluster.Client.CreateAssetAsync(new() { Asset = "BTC", Scale = 8 });
        Assert.True(asset.IsCommitted, asset.Describe());
        Assert.True(other.IsCommitted, other.Describe());
        Assert.NotEqual(leader, await cluster.LeaderAsync(except: leader));

        cluster.Start(leader);
        await cluster.WaitReadyAsync();
        var index = await cluster.WaitEqualAsync(least: other.Mark.Index);
        var digests = new List<string>();
        foreach (var name in cluster.Names)
        {
            using var node = cluster.At(name);
            var assets = (await node.ListAssetsAsync(ReadOptions.Since(other.Mark.Index))).Require().Items;
            Assert.Equal(["BTC", "USD"], assets.Select(found => found.Asset).Order());
            digests.Add((await node.GetDigestAsync(index)).Require().Digest);
        }

        Assert.Single(digests.Distinct());
    }
}
