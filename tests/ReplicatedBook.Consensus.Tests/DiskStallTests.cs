using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Consensus.Tests.Harness;
using Xunit;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>Goal: a disk that stands still for a while deposes nobody. Method: followers' writes are held up while the
/// clock goes on.</summary>
public sealed class DiskStallTests
{
    [Fact]
    public void A_leader_keeps_the_lead_while_the_disks_of_all_followers_stand_still()
    {
        var cluster = new TestCluster(3);
        var leader = cluster.Elect(1);
        var term = leader.Raft.HardState.Term;
        cluster[2].IsDiskFast = cluster[3].IsDiskFast = false;
        var index = leader.Propose("a");
        cluster.Settle();

        cluster.Tick(10 * leader.Config.ElectionTicks);

        Assert.Equal((Role.Leader, term), (leader.Raft.Role, leader.Raft.HardState.Term));
        Assert.True(leader.Raft.CommitIndex < index); // Nobody has promised anything.
        cluster[2].IsDiskFast = cluster[3].IsDiskFast = true;
        cluster[2].FinishWrites();
        cluster[3].FinishWrites();
        cluster.Settle();
        Assert.Equal(index, leader.Raft.CommitIndex);
    }

    [Fact]
    public void Strong_reads_are_confirmed_while_the_disks_of_all_followers_stand_still()
    {
        var cluster = new TestCluster(3);
        var leader = cluster.Elect(1);
        cluster[2].IsDiskFast = cluster[3].IsDiskFast = false;
        leader.Propose("a");
        cluster.Settle();

        leader.Read(7);
        cluster.Settle();

        Assert.Equal(7, Assert.Single(leader.Reads).RequestId);
    }

    [Fact]
    public void A_follower_says_nothing_of_a_term_that_its_own_disk_does_not_know()
    {
        var cluster = new TestCluster(3);
        var leader = cluster.Elect(1);
        cluster[3].IsDiskFast = false;
        leader.Crash();
        cluster.TickUntil(() => cluster[2].Raft.Role == Role.Candidate || cluster[2].Raft.Role == Role.Leader);
        cluster[3].Outbox.Clear();
        var term = cluster[3].Raft.HardState.Term + 1;

        cluster[3].Receive(Heartbeat(cluster[2].Id, cluster[3].Id, term, cluster[3].Raft));

        Assert.Empty(cluster[3].Sent<AppendEntriesReply>());
        cluster[3].FinishWrites();
        Assert.All(cluster[3].Sent<AppendEntriesReply>(), reply => Assert.Equal(term, reply.Term));
    }

    private static AppendEntries Heartbeat(NodeId from, NodeId to, long term, RaftNode receiver) =>
        new(from, to, term, receiver.Log.LastIndex, receiver.Log.TermAt(receiver.Log.LastIndex)!.Value, [],
            receiver.CommitIndex, 0, 0, 0);
}
