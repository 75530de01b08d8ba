using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>The connection to the leader was reset: its process has probably ended, so nobody waits for its
/// silence.</summary>
public sealed class LostLeaderTests
{
    [Fact]
    public void Followers_that_lose_the_leaders_connection_elect_another_within_a_few_heartbeats()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1);
        cluster.Crash(1);
        Lose(cluster[2], cluster[3]);
        cluster.TickUntil(() => cluster.Leaders.Any(), maxTicks: 4 * cluster[2].Config.HeartbeatTicks);
    }

    [Fact]
    public void Word_of_the_leader_calls_it_off()
    {
        var node = Make.Node();
        node.Receive(Make.Append(2, 1, 0, 0));
        Lose(node, 2);
        node.Receive(Make.Append(2, 1, 0, 0));
        node.Outbox.Clear();
        node.Tick(node.Config.ElectionTicks - 1);
        Assert.Empty(node.Outbox);
        node.Receive(Make.PreVote(3, term: 2, lastIndex: 9, lastTerm: 1));
        Assert.False(node.TakeSent<RequestVoteReply>().Single().IsGranted);
    }

    [Fact]
    public void Voter_that_lost_the_leader_helps_another_at_once()
    {
        var node = Make.Node();
        node.Receive(Make.Append(2, 1, 0, 0));
        Lose(node, 3); // Not the leader: nothing changes.
        node.Outbox.Clear();
        node.Receive(Make.PreVote(3, term: 2, lastIndex: 9, lastTerm: 1));
        Assert.False(node.TakeSent<RequestVoteReply>().Single().IsGranted);
        Lose(node, 2);
        node.Receive(Make.PreVote(3, term: 2, lastIndex: 9, lastTerm: 1));
        Assert.True(node.TakeSent<RequestVoteReply>().Single().IsGranted);
        node.Receive(Make.Vote(3, term: 2, lastIndex: 9, lastTerm: 1));
        Assert.True(node.TakeSent<RequestVoteReply>().Single().IsGranted);
    }

    [Fact]
    public void Flapping_connection_to_a_living_leader_deposes_nobody()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1);
        for (var i = 0; i < 100; i++)
        {
            Lose(cluster[3], 1);
            cluster.Tick(1 + (i % 7));
        }

        Assert.Equal((Role.Leader, 1L), (cluster[1].Raft.Role, cluster[1].Raft.HardState.Term));
        cluster.Tick(10);
        Assert.Equal(cluster[1].Id, cluster[3].Raft.Leader);
    }

    [Fact]
    public void Learner_that_loses_the_leader_asks_for_nothing()
    {
        var node = new TestNode(TestCluster.Config(Make.Id(1), 1), Membership.Empty);
        node.Receive(Make.Append(2, 1, 0, 0));
        Lose(node, 2);
        node.Outbox.Clear();
        node.Tick(2 * node.Config.ElectionTicks);
        Assert.Empty(node.Outbox);
    }

    private static void Lose(TestNode node, int peer) => node.Step(new RaftInput.PeerUnreachable(Make.Id(peer)));

    private static void Lose(params TestNode[] nodes)
    {
        foreach (var node in nodes)
        {
            Lose(node, 1);
        }
    }
}
