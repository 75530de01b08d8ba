using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>Ongaro 2014, 3.10: leadership is handed over.</summary>
public sealed class TransferTests
{
    [Fact]
    [Trait("Scenario", "71 transfer_to_up_to_date")]
    public void Target_that_has_the_whole_log_leads_at_once()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1).Propose("a");
        cluster.Settle();
        cluster[1].Step(new RaftInput.TransferLeadership(cluster[3].Id));
        cluster.Settle();
        Assert.Equal((Role.Leader, 2L), (cluster[3].Raft.Role, cluster[3].Raft.HardState.Term));
        Assert.Equal(Role.Follower, cluster[1].Raft.Role);
        Assert.DoesNotContain(cluster.Delivered, message =>
            message is RequestVote { IsPreVote: true } && message.From == cluster[3].Id);
    }

    [Fact]
    [Trait("Scenario", "71 transfer_to_behind")]
    public void Target_that_is_behind_is_caught_up_first()
    {
        var leader = Make.SettledLeader();
        leader.Propose("a");
        leader.Outbox.Clear();
        leader.Step(new RaftInput.TransferLeadership(Make.Id(3)));
        Assert.Empty(leader.Sent<TimeoutNow>());
        leader.Receive(Make.Ack(3, 1, match: 2));
        Assert.Equal(Make.Id(3), leader.Sent<TimeoutNow>().Single().To);
        leader.Receive(Make.Ack(3, 1, match: 2));
        Assert.Single(leader.Sent<TimeoutNow>()); // Told once.
    }

    [Fact]
    public void Without_a_target_the_voter_that_is_furthest_along_is_chosen()
    {
        var leader = Make.SettledLeader(voters: 5);
        leader.Propose("a");
        leader.Receive(Make.Ack(4, 1, match: 2));
        leader.Outbox.Clear();
        leader.Step(new RaftInput.TransferLeadership(null));
        Assert.Equal(Make.Id(4), leader.Sent<TimeoutNow>().Single().To);
    }

    [Fact]
    public void Without_a_target_a_silent_voter_is_not_chosen()
    {
        var leader = Make.SettledLeader();
        for (var i = 0; i < leader.Config.ElectionTicks; i++)
        {
            leader.Receive(Make.Ack(3, 1, match: 1));
            leader.Tick();
        }

        leader.Step(new RaftInput.TransferLeadership(null));
        Assert.Equal(Make.Id(3), leader.Raft.TransferTarget);
    }

    [Fact]
    [Trait("Scenario", "71 transfer_to_self")]
    public void Itself_is_no_target() => RequireNoTransfer(target: 1);

    [Fact]
    [Trait("Scenario", "71 transfer_to_unknown")]
    public void Stranger_is_no_target() => RequireNoTransfer(target: 9);

    [Fact]
    [Trait("Scenario", "71 transfer_blocks_proposals")]
    public void Proposals_are_refused_until_the_transfer_is_given_up_after_an_election_timeout()
    {
        var leader = Make.SettledLeader();
        leader.Step(new RaftInput.TransferLeadership(Make.Id(2)));
        for (var tick = 0; tick < leader.Config.ElectionTicks; tick++)
        {
            Assert.Equal(0, leader.Propose("refused"));
            Assert.Equal(ProposalRefusal.Transferring, leader.LastRefusal);
            Make.AcknowledgeAll(leader);
            leader.Tick();
        }

        Assert.Null(leader.Raft.TransferTarget);
        Assert.True(leader.Propose("taken") > 0);
    }

    [Fact]
    public void Only_the_present_leader_can_tell_a_follower_to_campaign()
    {
        var node = Make.Node();
        node.Receive(Make.Append(2, 1, 0, 0));
        node.Receive(new TimeoutNow(Make.Id(3), Make.Id(1), 1));
        Assert.Equal(Role.Follower, node.Raft.Role);
        node.Receive(new TimeoutNow(Make.Id(2), Make.Id(1), 1));
        Assert.Equal((Role.Candidate, 2L), (node.Raft.Role, node.Raft.HardState.Term));
        Assert.All(node.Sent<RequestVote>(), vote => Assert.True(vote is { IsTransfer: true, IsPreVote: false }));
    }

    [Fact]
    [Trait("Scenario", "71 transfer_times_out")]
    public void Transfer_to_a_dead_target_leaves_the_leader_in_place()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1);
        cluster.Crash(2);
        cluster[1].Step(new RaftInput.TransferLeadership(cluster[2].Id));
        cluster.Tick(60);
        Assert.Equal((Role.Leader, 1L), (cluster[1].Raft.Role, cluster[1].Raft.HardState.Term));
        Assert.True(cluster[1].Propose("goes on") > 0);
    }

    private static void RequireNoTransfer(int target)
    {
        var leader = Make.SettledLeader();
        leader.Step(new RaftInput.TransferLeadership(Make.Id(target)));
        Assert.Null(leader.Raft.TransferTarget);
        Assert.Empty(leader.Outbox);
        Assert.True(leader.Propose("still here") > 0);
    }
}
