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
        cluster.Tick(2 * leader.Config.HeartbeatTicks);

        Assert.Equal(7, Assert.Single(leader.Reads).RequestId);
    }

    [Fact]
    public void Who_probes_and_who_answers_before_the_disk_keep_each_other_no_busier_than_the_clock()
    {
        var cluster = new TestCluster(3);
        var leader = cluster.Elect(1);
        cluster[3].IsDiskFast = false;
        leader.Propose("a");
        cluster.Settle();
        var follower = cluster[3];
        follower.TakeSent<AppendEntriesReply>();
        var term = leader.Raft.HardState.Term;

        for (var i = 0; i < 10; i++)
        {
            follower.Receive(Heartbeat(leader.Id, follower.Id, term, follower.Raft));
        }

        var answer = Assert.Single(follower.TakeSent<AppendEntriesReply>());
        Assert.Equal((true, 0L, term), (answer.IsSuccess, answer.MatchIndex, answer.Term));
        follower.Tick();
        follower.Receive(Heartbeat(leader.Id, follower.Id, term, follower.Raft));
        Assert.Single(follower.TakeSent<AppendEntriesReply>());
    }

    [Fact]
    public void A_follower_says_nothing_of_a_term_that_its_own_disk_does_not_know()
    {
        var cluster = new TestCluster(3);
        var leader = cluster.Elect(1);
        var follower = cluster[3];
        follower.IsDiskFast = false;
        leader.Propose("a");
        cluster.Settle();
        follower.TakeSent<AppendEntriesReply>();
        var term = leader.Raft.HardState.Term + 1;

        follower.Receive(Heartbeat(cluster[2].Id, follower.Id, term, follower.Raft));

        Assert.Empty(follower.TakeSent<AppendEntriesReply>());
        follower.FinishWrites();
        Assert.Equal(term, follower.TakeSent<AppendEntriesReply>().Last().Term);
    }

    private static AppendEntries Heartbeat(NodeId from, NodeId to, long term, RaftNode receiver) =>
        new(from, to, term, receiver.Log.LastIndex, receiver.Log.TermAt(receiver.Log.LastIndex)!.Value, [],
            receiver.CommitIndex, 0, 0, 0);
}
