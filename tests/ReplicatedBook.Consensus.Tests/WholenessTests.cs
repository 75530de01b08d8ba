using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>A node that lost what it had promised helps nobody to win until it has it again.</summary>
public sealed class WholenessTests
{
    [Theory]
    [InlineData(Wholeness.Repairing, 2)]
    [InlineData(Wholeness.New, 65)]
    [Trait("Scenario", "48 mid_log_corruption_detected_node_refuses_to_vote")]
    public void Node_that_lost_entries_neither_campaigns_nor_votes(Wholeness wholeness, int entries)
    {
        var node = Start(wholeness, [.. Enumerable.Repeat(1L, entries)]);
        node.Tick(10 * node.Config.ElectionTicks);
        Assert.Equal(Role.Follower, node.Raft.Role);
        Assert.Empty(node.Outbox);
        node.Receive(Make.PreVote(2, term: 5, lastIndex: 99, lastTerm: 4));
        Assert.False(node.TakeSent<RequestVoteReply>().Single().IsGranted);
        node.Receive(Make.Vote(2, term: 5, lastIndex: 99, lastTerm: 4));
        Assert.False(node.TakeSent<RequestVoteReply>().Single().IsGranted);
    }

    [Fact]
    public void Repairing_node_with_an_empty_log_helps_nobody_and_a_new_one_only_who_founds_a_cluster()
    {
        var repairing = Start(Wholeness.Repairing, []);
        repairing.Receive(Make.Vote(2, term: 5, lastIndex: 0, lastTerm: 0));
        Assert.False(repairing.TakeSent<RequestVoteReply>().Single().IsGranted);

        var fresh = Start(Wholeness.New, []);
        fresh.Receive(Make.Vote(2, term: 5, lastIndex: 65, lastTerm: 1));
        Assert.False(fresh.TakeSent<RequestVoteReply>().Single().IsGranted);
        fresh.Receive(Make.Vote(2, term: 6, lastIndex: 64, lastTerm: 1));
        Assert.True(fresh.TakeSent<RequestVoteReply>().Single().IsGranted);
    }

    [Fact]
    public void New_cluster_elects_a_leader_and_all_become_whole()
    {
        var cluster = new TestCluster(3, wholeness: Wholeness.New);
        cluster.Elect(1);
        Assert.Equal(Wholeness.Whole, cluster[1].Disk.Wholeness);
        cluster.Tick(20);
        Assert.All(cluster.Nodes, node => Assert.Equal(Wholeness.Whole, node.Disk.Wholeness));
    }

    [Fact] // Else a first leader that fails at once would leave two that cannot elect.
    public void New_cluster_survives_its_first_leader_whoever_has_heard_it()
    {
        for (var deaf = 2; deaf <= 3; deaf++)
        {
            var cluster = new TestCluster(3, wholeness: Wholeness.New);
            var isDeaf = Make.Id(deaf);
            cluster.Lose = message => message is AppendEntries && message.To == isDeaf;
            cluster.TickUntil(() => cluster[1].Raft.CommitIndex + cluster[2].Raft.CommitIndex
                + cluster[3].Raft.CommitIndex > 0);
            cluster.Crash(Array.FindIndex([.. cluster.Nodes], node => node.Raft.Role == Role.Leader) + 1);
            cluster.Heal();
            cluster.TickUntil(() => cluster.Leaders.Any(), maxTicks: 300);
        }
    }

    [Fact]
    public void Repairing_node_is_whole_when_it_has_all_the_leader_had_when_asked()
    {
        var node = Start(Wholeness.Repairing, [1, 1]);
        node.IsDiskFast = false;
        node.Receive(Make.Append(2, 4, 2, 1, Make.Entries(3, 1), commit: 3));
        node.FinishWrites();
        node.Outbox.Clear();
        node.Tick(node.Config.HeartbeatTicks);
        var asked = node.TakeSent<ReadIndexRequest>().Single();
        node.Receive(new ReadIndexReply(Make.Id(2), Make.Id(1), 4, asked.RequestId, 3, LeaderLastIndex: 5));
        node.Receive(Make.Append(2, 4, 3, 1, Make.Entries(4, 1), commit: 3));
        node.FinishWrites();
        Assert.Equal(Wholeness.Repairing, node.Raft.Wholeness); // The leader has one more.
        node.Receive(Make.Append(2, 4, 4, 1, Make.Entries(5, 4), commit: 3));
        Assert.Equal(Wholeness.Repairing, node.Disk.Wholeness); // Not durable yet.
        node.FinishWrites();
        Assert.Equal((Wholeness.Whole, Wholeness.Whole), (node.Raft.Wholeness, node.Disk.Wholeness));
        Assert.Equal(new HardState(4, Make.Id(2)), node.Raft.HardState); // The term's vote can go nowhere else.
        node.Tick(2 * node.Config.ElectionTicks);
        Assert.Equal(Role.PreCandidate, node.Raft.Role);
    }

    [Fact]
    public void Answer_of_an_earlier_term_or_start_makes_nothing_whole()
    {
        var node = Start(Wholeness.Repairing, [1, 1]);
        node.Receive(Make.Append(2, 4, 2, 1));
        node.Tick(node.Config.HeartbeatTicks);
        var asked = node.TakeSent<ReadIndexRequest>().Single();
        node.Receive(new ReadIndexReply(Make.Id(2), Make.Id(1), 4, asked.RequestId + 7, 2, 2)); // Asked by nobody.
        node.Receive(new ReadIndexReply(Make.Id(2), Make.Id(1), 4, asked.RequestId, 2)); // Of an older version.
        Assert.Equal(Wholeness.Repairing, node.Raft.Wholeness);
        node.Receive(new ReadIndexReply(Make.Id(2), Make.Id(1), 4, asked.RequestId, 3, LeaderLastIndex: 3));
        node.Receive(Make.Append(3, 5, 2, 1, Make.Entries(3, 5))); // Another leader: what it has is to be asked anew.
        Assert.Equal(Wholeness.Repairing, node.Raft.Wholeness);
    }

    [Fact]
    public void Node_that_is_not_whole_starts_again_as_it_was_and_becomes_whole_by_a_snapshot_too()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1).Propose("a", "b", "c");
        cluster.Tick(5);
        cluster[1].Propose("d");
        cluster.Settle();
        cluster.Crash(3);
        cluster[1].TakeSnapshot();
        cluster[3].Disk.Damage(from: 2);
        cluster.Restart(3);
        Assert.Equal(Wholeness.Repairing, cluster[3].Raft.Wholeness);
        cluster.Crash(3);
        cluster.Restart(3);
        Assert.Equal(Wholeness.Repairing, cluster[3].Raft.Wholeness);
        cluster.Tick(60);
        Assert.Equal(Wholeness.Whole, cluster[3].Raft.Wholeness);
        Assert.NotEmpty(cluster.Delivered.OfType<InstallSnapshot>());
        cluster.RequireSameLogs();
    }

    [Fact] // The damage that would cost an acknowledged command if its victim could vote.
    public void Forgetful_node_does_not_elect_one_that_lacks_what_is_committed()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1);
        cluster.Isolate(3);
        cluster[1].Propose("acknowledged by n1 and n2");
        cluster.Settle();
        Assert.Equal(2, cluster[1].Raft.CommitIndex);
        cluster.Crash(1);
        cluster.Crash(2);
        cluster[2].Disk.Damage(from: 2);
        cluster.Restart(2);
        cluster.Heal();
        cluster.Tick(500);
        Assert.Empty(cluster.Leaders);
        cluster.Restart(1);
        cluster.TickUntil(() => cluster.Leaders.Any(), maxTicks: 300);
        cluster.Tick(60);
        Assert.Equal(Wholeness.Whole, cluster[2].Raft.Wholeness);
        cluster.RequireSameLogs();
    }

    private static TestNode Start(Wholeness wholeness, long[] log) => new(
        TestCluster.Config(Make.Id(1), 7), TestCluster.Voters(3),
        TestDisk.With(new HardState(log.Length == 0 ? 0 : 4, null), log), wholeness);
}
