using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>Ongaro 2014, 9.6 (pre-vote), 4.2.3 (stickiness) and 6.2 (check-quorum): nobody is disturbed without
/// need.</summary>
public sealed class PreVoteTests
{
    [Fact]
    [Trait("Scenario", "10 prevote_does_not_bump_term")]
    public void Pre_vote_raises_no_term_and_binds_no_vote()
    {
        var asker = Make.Node(hardState: new HardState(4, Make.Id(2)));
        asker.Tick(2 * asker.Config.ElectionTicks);
        Assert.Equal((Role.PreCandidate, new HardState(4, Make.Id(2))), (asker.Raft.Role, asker.Raft.HardState));
        Assert.All(asker.Sent<RequestVote>(), vote => Assert.Equal((5L, true), (vote.Term, vote.IsPreVote)));

        var asked = Make.Node(hardState: new HardState(4, Make.Id(2)));
        asked.Receive(Make.PreVote(3, term: 5, lastIndex: 0, lastTerm: 0));
        var reply = asked.Sent<RequestVoteReply>().Single();
        Assert.Equal((true, 5L), (reply.IsGranted, reply.Term));
        Assert.Equal(new HardState(4, Make.Id(2)), asked.Raft.HardState);
    }

    [Fact] // 9.6
    public void Pre_vote_goes_only_to_a_log_that_is_up_to_date()
    {
        var node = Make.Node(hardState: new HardState(3, null), log: [1, 2, 3]);
        node.Receive(Make.PreVote(2, term: 9, lastIndex: 9, lastTerm: 2));
        var reply = node.TakeSent<RequestVoteReply>().Single();
        Assert.Equal((false, 3L), (reply.IsGranted, reply.Term));
    }

    [Fact]
    [Trait("Scenario", "11 prevote_rejected_while_leader_alive")]
    public void Votes_and_pre_votes_are_refused_while_the_leader_is_alive()
    {
        var node = Make.Node();
        node.Receive(Make.Append(2, term: 1, previous: 0, previousTerm: 0));
        node.Tick(node.Config.ElectionTicks - 1);
        node.Outbox.Clear();

        node.Receive(Make.PreVote(3, term: 2, lastIndex: 9, lastTerm: 1));
        Assert.False(node.TakeSent<RequestVoteReply>().Single().IsGranted);
        node.Receive(Make.Vote(3, term: 2, lastIndex: 9, lastTerm: 1));
        Assert.Empty(node.Outbox);
        Assert.Equal(1, node.Raft.HardState.Term);

        node.Receive(Make.Vote(3, term: 2, lastIndex: 9, lastTerm: 1, isTransfer: true));
        Assert.True(node.TakeSent<RequestVoteReply>().Single().IsGranted);
    }

    [Fact] // 4.2.3
    public void Stickiness_ends_after_an_election_timeout_of_silence()
    {
        var node = Make.Node();
        node.Receive(Make.Append(2, term: 1, previous: 0, previousTerm: 0));
        node.Tick(node.Config.ElectionTicks);
        node.Outbox.Clear();
        node.Receive(Make.Vote(3, term: 2, lastIndex: 9, lastTerm: 1));
        Assert.True(node.TakeSent<RequestVoteReply>().Single().IsGranted);
    }

    [Fact]
    [Trait("Scenario", "12 prevote_split_vote")]
    public void Several_askers_at_once_still_come_to_one_leader()
    {
        var cluster = new TestCluster(4);
        foreach (var node in cluster.Nodes)
        {
            node.Tick(2 * node.Config.ElectionTicks);
        }

        Assert.All(cluster.Nodes, node => Assert.Equal(Role.PreCandidate, node.Raft.Role));
        cluster.TickUntil(() => cluster.Leaders.Any());
        cluster.Tick(20);
        Assert.Single(cluster.Leaders);
    }

    [Fact]
    public void Refused_asker_asks_again_soon_and_still_raises_no_term()
    {
        var node = Make.Node();
        node.Tick(2 * node.Config.ElectionTicks);
        node.Outbox.Clear();
        node.Receive(Make.PreVoteReply(2, term: 0, isGranted: false));
        node.Receive(Make.PreVoteReply(3, term: 0, isGranted: false));
        Assert.Equal(Role.Follower, node.Raft.Role);
        node.Tick(node.Config.HeartbeatTicks - 1);
        Assert.Empty(node.Outbox);
        node.Tick(node.Config.HeartbeatTicks);
        Assert.Equal(2, node.TakeSent<RequestVote>().Length);
        Assert.Equal(0, node.Raft.HardState.Term);
    }

    [Fact]
    [Trait("Scenario", "13 rejoining_partitioned_node_does_not_disrupt")]
    public void Node_that_returns_from_a_partition_disturbs_nobody()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1);
        cluster.Isolate(3);
        cluster.Tick(500);
        Assert.Equal(1, cluster[3].Raft.HardState.Term);
        cluster[1].Propose("meanwhile");
        cluster.Heal();
        cluster.Tick(50);
        Assert.Equal((Role.Leader, 1L), (cluster[1].Raft.Role, cluster[1].Raft.HardState.Term));
        cluster.RequireSameLogs();
    }

    [Fact] // 6.2
    [Trait("Scenario", "14 check_quorum_leader_steps_down")]
    public void Leader_that_hears_no_majority_steps_down_within_an_election_timeout()
    {
        var leader = Make.SettledLeader(voters: 5);
        leader.Tick(leader.Config.ElectionTicks - 1);
        Assert.Equal(Role.Leader, leader.Raft.Role);
        leader.Tick();
        Assert.Equal((Role.Follower, null), (leader.Raft.Role, leader.Raft.Leader));
        Assert.Equal(new HardState(1, Make.Id(1)), leader.Raft.HardState); // The vote of the term is not forgotten.
        Assert.Equal(0, leader.Propose("too late"));
        Assert.Equal(ProposalRefusal.NotLeader, leader.LastRefusal);
    }

    [Fact] // 6.2
    public void Leader_that_hears_a_bare_majority_stays()
    {
        var leader = Make.SettledLeader(voters: 5);
        for (var i = 0; i < 20; i++)
        {
            leader.Tick(leader.Config.ElectionTicks - 1);
            leader.Receive(Make.Ack(2, 1, leader.Raft.Log.LastIndex));
            leader.Receive(Make.Ack(4, 1, leader.Raft.Log.LastIndex));
        }

        Assert.Equal(Role.Leader, leader.Raft.Role);
    }

    [Fact]
    public void Leader_whose_disk_finishes_nothing_steps_down()
    {
        var leader = Make.SettledLeader();
        leader.IsDiskFast = false;
        leader.Propose("never written");
        for (var i = 0; i < 2 * leader.Config.ElectionTicks; i++)
        {
            Assert.Equal(Role.Leader, leader.Raft.Role);
            Make.AcknowledgeAll(leader);
            leader.Tick();
        }

        Assert.Equal(Role.Follower, leader.Raft.Role);
    }

    [Fact]
    [Trait("Scenario", "15 free_stuck_candidate")]
    public void Candidate_whose_term_ran_ahead_is_freed_by_its_answers()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1);
        cluster.Isolate(3);
        cluster[3].Receive(new TimeoutNow(Make.Id(1), Make.Id(3), 1)); // A campaign of which nobody hears.
        cluster.Settle();
        Assert.Equal(2, cluster[3].Raft.HardState.Term);

        cluster.Heal();
        cluster.TickUntil(() => cluster.Leaders.Any(leader => leader.Raft.HardState.Term >= 2), maxTicks: 200);
        cluster.Tick(50);
        cluster.RequireSameLogs();
    }

    [Fact]
    [Trait("Scenario", "16 smaller_term_node_can_finish_election")]
    public void Node_of_a_smaller_term_but_a_better_log_can_win()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1);
        cluster.Isolate(3);
        cluster[1].Propose("only on n1 and n2");
        cluster.Settle();
        cluster[3].Receive(new TimeoutNow(Make.Id(1), Make.Id(3), 1));
        cluster.Settle();
        cluster.Crash(1);
        cluster.Heal();
        cluster.TickUntil(() => cluster[2].Raft.Role == Role.Leader, maxTicks: 300);
        Assert.True(cluster[2].Raft.HardState.Term > 2);
    }

    [Theory]
    [Trait("Scenario", "17 one_way_isolation_no_livelock")]
    [InlineData(true)]
    [InlineData(false)]
    public void Follower_cut_off_one_way_neither_deposes_the_leader_nor_stops_it(bool isDeaf)
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1);
        foreach (var other in (int[])[1, 2])
        {
            cluster.Cut(isDeaf ? other : 3, isDeaf ? 3 : other);
        }

        for (var i = 0; i < 20; i++)
        {
            Assert.True(cluster[1].Propose($"command {i}") > 0);
            cluster.Tick(25);
        }

        Assert.Equal((Role.Leader, 1L), (cluster[1].Raft.Role, cluster[1].Raft.HardState.Term));
        Assert.Equal(21, cluster[1].Raft.CommitIndex);
    }

    [Fact]
    [Trait("Scenario", "17 one_way_isolation_no_livelock")]
    public void Leader_that_is_heard_but_hears_nobody_makes_room()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1);
        cluster.Cut(2, 1);
        cluster.Cut(3, 1);
        cluster.TickUntil(() => cluster.Leaders.Any(leader => leader != cluster[1]), maxTicks: 200);
    }
}
