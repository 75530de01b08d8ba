using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Goal: whatever was acknowledged survives, once. Method: real processes under load, real signals.</summary>
public sealed class NodeFailureTests
{
    private const int Some = 200;

    [Fact]
    public async Task Killed_leaders_and_followers_cost_nothing_that_was_acknowledged()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        var traffic = await Traffic.StartAsync(cluster);
        for (var round = 0; round < 3; round++)
        {
            await traffic.ProgressAsync(Some);
            var leader = await cluster.LeaderAsync();
            await cluster.KillAsync(leader);
            await traffic.ProgressAsync(Some);
            cluster.Start(leader);
            await cluster.WaitReadyAsync();

            var next = await cluster.LeaderAsync();
            var follower = cluster.Names.First(name => name != next);
            await cluster.KillAsync(follower);
            await traffic.ProgressAsync(Some);
            cluster.Start(follower);
            await cluster.WaitReadyAsync();
        }

        await traffic.StopAsync();
        await Judgement.PassAsync(cluster, traffic);
    }

    [Fact]
    public async Task A_paused_leader_is_replaced_and_harmless_when_it_goes_on()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        var traffic = await Traffic.StartAsync(cluster);
        for (var round = 0; round < 3; round++)
        {
            await traffic.ProgressAsync(Some);
            var leader = await cluster.LeaderAsync();
            cluster.Pause(leader);
            await cluster.LeaderAsync(except: leader);
            await traffic.ProgressAsync(Some);
            cluster.Resume(leader);
            await cluster.WaitReadyAsync();
        }

        await traffic.StopAsync();
        await Judgement.PassAsync(cluster, traffic);
    }

    [Fact]
    [Trait("Scenario", "45 kill9_all_nodes_loses_no_acked_write")]
    public async Task All_nodes_killed_at_once_come_back_with_everything_that_was_acknowledged()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        var traffic = await Traffic.StartAsync(cluster);
        for (var round = 0; round < 2; round++)
        {
            await traffic.ProgressAsync(Some);
            await Task.WhenAll(cluster.Names.Select(cluster.KillAsync));
            foreach (var name in cluster.Names)
            {
                cluster.Start(name);
            }

            await cluster.WaitReadyAsync();
        }

        await traffic.ProgressAsync(Some);
        await traffic.StopAsync();
        await Judgement.PassAsync(cluster, traffic);
    }

    [Fact]
    [Trait("FieldReport", "committed write lost over a graceful restart")]
    public async Task Nodes_stopped_in_good_order_one_after_another_cost_nothing()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        var traffic = await Traffic.StartAsync(cluster);
        foreach (var name in cluster.Names)
        {
            await traffic.ProgressAsync(Some);
            await cluster.StopAsync(name);
            cluster.Start(name);
            await cluster.WaitReadyAsync();
        }

        await traffic.StopAsync();
        await Judgement.PassAsync(cluster, traffic);
    }

    [Fact]
    [Trait("Scenario", "36 slow_follower_after_compaction_gets_snapshot")]
    public async Task A_node_far_behind_is_brought_back_by_a_snapshot_under_load()
    {
        await using var cluster = await ClusterProcesses.StartAsync(
            3, "--Snapshot:EveryEntries=300", "--Snapshot:KeepEntries=50");
        var traffic = await Traffic.StartAsync(cluster);
        await traffic.ProgressAsync(Some);
        var leader = await cluster.LeaderAsync();
        var follower = cluster.Names.First(name => name != leader);
        await cluster.KillAsync(follower);
        await traffic.ProgressAsync(1000);
        cluster.Start(follower);
        await cluster.WaitReadyAsync();
        await traffic.StopAsync();

        Assert.Empty(traffic.Wrong);
        var index = await cluster.WaitEqualAsync();
        var node = (await cluster.At(follower).GetNodeAsync()).Require();
        Assert.True(node.SnapshotIndex > 0 && node.AppliedIndex >= index);
        var consistency = (await cluster.Client.GetConsistencyAsync()).Require();
        Assert.True(consistency.Consistent);
    }
}
