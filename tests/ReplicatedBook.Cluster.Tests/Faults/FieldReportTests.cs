using System.Globalization;
using ReplicatedBook.Cluster.Tests.Chaos.Links;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Goal: what users of other Raft libraries have met does not happen here. Method: real processes and the
/// trouble that was reported; progress is asserted, not time.</summary>
public sealed class FieldReportTests
{
    // Long enough that a busy machine alone does not cause an election.
    private const string Patient = "--Raft:ElectionTimeout=00:00:01.5";
    private const int Some = 100;

    [Fact]
    [Trait("FieldReport", "latency rises when a minority is down (black-holed, not refused)")]
    public async Task Every_write_succeeds_at_once_while_a_follower_is_black_holed()
    {
        await using var linked = await LinkedCluster.StartAsync(3, Patient);
        var leader = await linked.Cluster.LeaderAsync();
        linked.Isolate(linked.Others(leader)[0]);
        await WriteOnceEachAsync(linked.Cluster, leader);
        await WriteOnceEachAsync(linked.Cluster, linked.Others(leader)[1]);
    }

    [Fact]
    [Trait("FieldReport", "a hung node hangs the leader")]
    public async Task Every_write_succeeds_at_once_while_a_follower_hangs()
    {
        await using var cluster = await ClusterProcesses.StartAsync(3, Patient);
        var leader = await cluster.LeaderAsync();
        var hung = cluster.Names.First(name => name != leader);
        cluster.Pause(hung);
        await WriteOnceEachAsync(cluster, leader);
        cluster.Resume(hung);
        await cluster.WaitReadyAsync();
        await cluster.WaitEqualAsync();
    }

    [Fact]
    [Trait("FieldReport", "endless elections when all nodes start at once")]
    public async Task Five_nodes_that_start_at_once_elect_and_stay_elected()
    {
        await using var cluster = await ClusterProcesses.StartAsync(5, Patient);
        for (var round = 0; round < 2; round++)
        {
            var leader = await cluster.LeaderAsync();
            var term = (await cluster.At(leader).GetNodeAsync()).Require().Term;
            await WriteOnceEachAsync(cluster, leader);
            Assert.Equal(term, (await cluster.At(leader).GetNodeAsync()).Require().Term);
            await Task.WhenAll(cluster.Names.Select(cluster.KillAsync));
            foreach (var name in cluster.Names)
            {
                cluster.Start(name);
            }

            await cluster.WaitReadyAsync();
        }
    }

    [Fact]
    [Trait("FieldReport", "no progress after many leader changes")]
    public async Task Writes_go_on_after_many_leader_changes()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        var traffic = await Traffic.StartAsync(cluster);
        for (var change = 0; change < 20; change++)
        {
            var leader = await cluster.LeaderAsync();
            var turn = cluster.Names[change % 3] == leader ? change + 1 : change;
            var next = cluster.Names[turn % 3];
            await cluster.Client.At(cluster.Endpoint(leader), TimeSpan.FromSeconds(10)).TransferLeaderAsync(next);
            await traffic.ProgressAsync(20);
        }

        await traffic.StopAsync();
        await Judgement.PassAsync(cluster, traffic);
    }

    [Fact]
    [Trait("FieldReport", "needless snapshot installs")]
    public async Task A_follower_that_the_log_still_reaches_gets_no_snapshot()
    {
        await using var cluster = await ClusterProcesses.StartAsync(
            3, "--Snapshot:EveryEntries=1000000", "--Snapshot:KeepEntries=1000000");
        var traffic = await Traffic.StartAsync(cluster);
        var leader = await cluster.LeaderAsync();
        var follower = cluster.Names.First(name => name != leader);
        await cluster.KillAsync(follower);
        await traffic.ProgressAsync(500);
        cluster.Start(follower);
        await cluster.WaitReadyAsync();
        await traffic.StopAsync();
        await Judgement.PassAsync(cluster, traffic);
        var node = (await cluster.At(follower).GetNodeAsync()).Require();
        Assert.Equal((0, 1), (node.SnapshotIndex, node.FirstLogIndex));
    }

    /// <summary>What is sent to one follower at a time is bounded by bytes; what is kept beyond it is the log, in
    /// memory as on disk, so that is what must not grow.</summary>
    [Fact]
    [Trait("FieldReport", "leader's memory grows while a node is down")]
    public async Task A_leader_keeps_a_bounded_log_for_a_node_that_takes_nothing()
    {
        const int every = 300;
        await using var linked = await LinkedCluster.StartAsync(
            3, Patient, $"--Snapshot:EveryEntries={every}", "--Snapshot:KeepEntries=50");
        var cluster = linked.Cluster;
        var leader = await cluster.LeaderAsync();
        var stuck = linked.Others(leader)[0];
        linked.Links.SetBetween([stuck], linked.Others(stuck), LinkMode.Hold);
        var traffic = await Traffic.StartAsync(cluster);
        await traffic.ProgressAsync(10 * every);
        await traffic.StopAsync();
        var node = (await cluster.At(leader).GetNodeAsync()).Require();
        Assert.InRange(node.LastLogIndex - node.FirstLogIndex, 0, 4 * every);

        linked.Links.Heal();
        await cluster.WaitReadyAsync();
        await cluster.WaitEqualAsync();
        Assert.True((await cluster.Client.GetConsistencyAsync()).Require().Consistent);
    }

    /// <summary>Each write is tried once and must be done.</summary>
    private static async Task WriteOnceEachAsync(ClusterProcesses cluster, string node)
    {
        var once = cluster.Client.At(cluster.Endpoint(node), TimeSpan.FromSeconds(10));
        for (var i = 0; i < Some; i++)
        {
            var label = string.Create(CultureInfo.InvariantCulture, $"account {i}");
            var outcome = await once.CreateAccountAsync(new() { Label = label });
            Assert.True(outcome.IsCommitted, outcome.Describe());
        }
    }
}
