using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>Goal: what is due happens although nobody writes, once, and whoever leads then. Method: an account's dead
/// man's switch on three replicas over real files that are left alone.</summary>
public sealed class DueTests
{
    [Fact]
    public async Task What_is_due_happens_on_an_idle_cluster_by_one_entry()
    {
        await using var cluster = new RaftLogCluster();
        var set = await SetSwitchAsync(cluster);

        await RaftLogCluster.UntilAsync(() => cluster.Nodes.All(node => node.Log.Status.AppliedIndex > set.Index));

        Assert.All(await DueTimesAsync(cluster), due => Assert.Null(due));
        await cluster.ProposeAsync(Commands.CreateAsset("USD", 2));
        Assert.All(cluster.Nodes, node => Assert.InRange(node.Log.Status.AppliedIndex, set.Index + 1, set.Index + 2));
    }

    [Fact]
    public async Task What_is_due_happens_under_the_next_leader()
    {
        await using var cluster = new RaftLogCluster();
        var set = await SetSwitchAsync(cluster);

        cluster.Stop(await cluster.LeaderAsync());

        // The new leader's own entry is one more than the switch's; that carries no time.
        await RaftLogCluster.UntilAsync(() =>
            cluster.Nodes.All(node => node.Log.Status.AppliedIndex > set.Index + 1));
        var due = await DueTimesAsync(cluster);
        Assert.Equal([null, null], due);
    }

    /// <summary>Goal: one entry is asked for, however long it is on its way. Method: a disk that takes some clock
    /// ticks.</summary>
    [Fact]
    public void What_is_due_is_not_asked_for_again_while_its_entry_is_being_written()
    {
        const int Ticks = 5;
        var solo = new SoloReplica(new ReplicaOptions { Raft = SoloReplica.Raft });
        var replica = solo.Replica;
        while (replica.FeatureLevel < FeatureLevels.Supported)
        {
            replica.Tick();
            solo.Turn();
        }

        replica.Propose(1, Commands.CreateAccount("desk"), ProposalWait.Applied);
        replica.Propose(2, Commands.SetCancelAfter(1, SetCancelAfter.MinTimeout), ProposalWait.Applied);
        solo.Turn();
        var before = replica.Raft.Log.LastIndex;
        Assert.NotNull(replica.Exchange.NextDue);

        replica.SetClock(2 * SetCancelAfter.MinTimeout);
        var written = 0L;
        for (var i = 0; i < Ticks; i++)
        {
            replica.Tick();
            written = Math.Max(written, solo.TurnBeforeDisk());
        }

        Assert.Equal(before + 1, replica.Raft.Log.LastIndex);
        Assert.Equal(before, replica.AppliedIndex);
        replica.Persisted(written);
        solo.Turn();
        replica.Tick();
        solo.Turn();
        Assert.Null(replica.Exchange.NextDue);
        Assert.Equal(before + 1, replica.Raft.Log.LastIndex);
    }

    private static async Task<Proposal> SetSwitchAsync(RaftLogCluster cluster)
    {
        await RaftLogCluster.UntilAsync(() =>
            cluster.Nodes.All(node => node.Log.Status.FeatureLevel == FeatureLevels.Supported));
        await cluster.ProposeAsync(Commands.CreateAccount("desk"));
        var set = await cluster.ProposeAsync(Commands.SetCancelAfter(1, SetCancelAfter.MinTimeout));
        Assert.Equal(RejectReason.None, set.Applied.Reason);
        return set;
    }

    private static async Task<List<Timestamp?>> DueTimesAsync(RaftLogCluster cluster)
    {
        var times = new List<Timestamp?>();
        foreach (var node in cluster.Nodes)
        {
            times.Add((await node.Reader.ReadAsync(exchange => exchange.NextDue, default)).Value);
        }

        return times;
    }
}
