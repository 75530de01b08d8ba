using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>Ongaro 2014, chapter 4, with the erratum of 2015: one member at a time.</summary>
public sealed class MembershipTests
{
    private static readonly MembershipChange _add4 = new MembershipChange.AddLearner(Make.Id(4), "at 4");

    [Fact] // 4.2.1
    [Trait("Scenario", "63 learner_receives_log_does_not_vote")]
    public void Learner_gets_the_log_and_counts_for_nothing()
    {
        var leader = Make.SettledLeader();
        var index = leader.Change(_add4);
        Acknowledge(leader, 2, 3);
        Assert.Equal(index, leader.Raft.CommitIndex);
        leader.Propose("a");
        leader.Outbox.Clear();
        leader.Receive(Make.Ack(4, 1, match: index)); // It is probed until it answers.
        Assert.Equal("a"u8.ToArray(), leader.TakeSent<AppendEntries>().Single().Entries[0].Payload.ToArray());

        leader.Receive(Make.Ack(4, 1, match: index + 1));
        Assert.Equal(index, leader.Raft.CommitIndex);
        leader.Read(1);
        leader.Receive(Make.Ack(4, 1, match: index + 1, round: 1));
        Assert.Empty(leader.Reads);
        leader.Receive(Make.Ack(2, 1, match: index + 1, round: 1));
        Assert.Equal(index + 1, leader.Raft.CommitIndex);
        Assert.Single(leader.Reads);

        for (var tick = 0; tick < leader.Config.ElectionTicks; tick++)
        {
            leader.Receive(Make.Ack(4, 1, match: index + 1));
            leader.Tick();
        }

        Assert.Equal(Role.Follower, leader.Raft.Role); // Check-quorum hears no voter.
    }

    [Fact] // 4.2.1
    [Trait("Scenario", "63 learner_receives_log_does_not_vote")]
    public void Learner_never_campaigns_and_is_no_target_of_a_transfer()
    {
        var cluster = Grown(out var fourth);
        cluster[1].Step(new RaftInput.TransferLeadership(fourth.Id));
        Assert.Null(cluster[1].Raft.TransferTarget);
        fourth.Receive(new TimeoutNow(Make.Id(1), Make.Id(4), 1));
        fourth.Tick(10 * fourth.Config.ElectionTicks);
        Assert.Equal((Role.Follower, 1L), (fourth.Raft.Role, fourth.Raft.HardState.Term));
        Assert.Empty(fourth.Sent<RequestVote>());
    }

    [Fact] // 4.2.1
    [Trait("Scenario", "64 promote_caught_up_learner")]
    public void Learner_that_is_level_gets_its_vote_and_then_counts()
    {
        var cluster = Grown(out var fourth);
        Assert.True(cluster[1].Change(new MembershipChange.Promote(fourth.Id)) > 0);
        cluster.Tick(10);
        Assert.All(cluster.Nodes, node => Assert.True(node.Raft.Membership.IsVoter(fourth.Id)));
        cluster.RequireSameLogs();

        cluster.Crash(1); // Of four voters three are left.
        cluster.TickUntil(() => cluster.Leaders.Any(), maxTicks: 300);
        Assert.True(cluster.Leaders.Single().Propose("by three of four") > 0);
        cluster.Tick(10);
        Assert.Equal(cluster[2].Raft.Log.LastIndex, cluster.Leaders.Single().Raft.CommitIndex);
        cluster.Crash(2);
        cluster.Tick(100);
        Assert.Empty(cluster.Leaders); // Two of four are no majority.
    }

    [Fact]
    [Trait("Scenario", "64 promote_caught_up_learner")]
    public void Learner_that_is_behind_or_silent_gets_no_vote()
    {
        var leader = Make.SettledLeader(change: config => config with { MaxPromotionLagEntries = 2 });
        leader.Change(_add4);
        Acknowledge(leader, 2, 3, 4);
        leader.Propose("a", "b", "c");
        Acknowledge(leader, 2, 3);
        Refused(leader, new MembershipChange.Promote(Make.Id(4)), MembershipRefusal.NotCaughtUp); // Three behind.
        leader.Receive(Make.Ack(4, 1, leader.Raft.Log.LastIndex - 2));
        for (var tick = 0; tick < leader.Config.ElectionTicks; tick++)
        {
            leader.Tick();
            Acknowledge(leader, 2, 3);
        }

        Refused(leader, new MembershipChange.Promote(Make.Id(4)), MembershipRefusal.NotCaughtUp); // Not heard.
        leader.Receive(Make.Ack(4, 1, leader.Raft.Log.LastIndex - 2));
        Assert.True(leader.Change(new MembershipChange.Promote(Make.Id(4))) > 0);
    }

    [Fact] // It may have been promoted and not know it yet.
    [Trait("Scenario", "65 learner_votes_if_asked")]
    public void Learner_that_is_asked_votes_by_the_usual_rules()
    {
        var cluster = Grown(out var fourth);
        fourth.Tick(fourth.Config.ElectionTicks);
        fourth.Outbox.Clear();
        var (last, term) = (fourth.Raft.Log.LastIndex, fourth.Raft.Log.LastTerm);
        RequestVote Request(int from, bool isPreVote) =>
            new(Make.Id(from), fourth.Id, 2, last, term, isPreVote, IsTransfer: false);
        fourth.Receive(Request(2, isPreVote: true));
        Assert.True(fourth.TakeSent<RequestVoteReply>().Single().IsGranted);
        fourth.Receive(Request(2, isPreVote: false));
        Assert.True(fourth.TakeSent<RequestVoteReply>().Single().IsGranted);
        fourth.Receive(Request(3, isPreVote: false));
        Assert.False(fourth.TakeSent<RequestVoteReply>().Single().IsGranted);
    }

    [Fact]
    [Trait("Scenario", "66 second_change_while_pending_refused")]
    public void Second_change_is_refused_until_the_first_is_committed()
    {
        var leader = Make.SettledLeader();
        Assert.Equal(2, leader.Change(_add4));
        Refused(leader, new MembershipChange.Remove(Make.Id(3)), MembershipRefusal.InProgress);
        Acknowledge(leader, 2);
        Assert.Equal(3, leader.Change(new MembershipChange.Remove(Make.Id(3))));
    }

    [Fact] // Ongaro's erratum of 2015.
    [Trait("Scenario", "66 second_change_while_pending_refused")]
    public void No_change_is_taken_before_an_entry_of_the_leaders_own_term_is_committed()
    {
        var leader = Make.Leader(term: 1, log: [1, 1]);
        Refused(leader, _add4, MembershipRefusal.NotReady);
        Acknowledge(leader, 2);
        Assert.True(leader.Change(_add4) > 0);
    }

    [Fact] // 4.2.2
    [Trait("Scenario", "67 remove_leader_steps_down_after_commit")]
    public void Removed_leader_leads_on_without_counting_itself_and_then_hands_over()
    {
        var leader = Make.SettledLeader(voters: 5);
        leader.Propose("before");
        var index = leader.Change(new MembershipChange.Remove(Make.Id(1)));
        Assert.Equal(0, leader.Propose("after"));
        Assert.Equal(ProposalRefusal.Transferring, leader.LastRefusal);
        Acknowledge(leader, 2, 3);
        Assert.Equal((Role.Leader, index - 2), (leader.Raft.Role, leader.Raft.CommitIndex)); // Two of four others.
        leader.Outbox.Clear();
        Acknowledge(leader, 4);
        Assert.Equal((Role.Follower, index), (leader.Raft.Role, leader.Raft.CommitIndex));
        Assert.Single(leader.Sent<TimeoutNow>());
        leader.Tick(10 * leader.Config.ElectionTicks);
        Assert.Equal((Role.Follower, 1L), (leader.Raft.Role, leader.Raft.HardState.Term));
    }

    [Fact] // 4.2.2: it may still be needed until its removal is committed.
    [Trait("Scenario", "67 remove_leader_steps_down_after_commit")]
    public void Removed_leader_that_fails_before_its_removal_is_committed_can_win_again()
    {
        var leader = Make.SettledLeader();
        leader.Change(new MembershipChange.Remove(Make.Id(1)));
        leader.Crash();
        leader.Restart();
        leader.Tick(2 * leader.Config.ElectionTicks);
        leader.Receive(Make.PreVoteReply(2, 2, isGranted: true));
        Assert.Equal(Role.PreCandidate, leader.Raft.Role); // Its own vote does not count.
        leader.Receive(Make.PreVoteReply(3, 2, isGranted: true));
        leader.Receive(Make.VoteReply(2, 2, isGranted: true));
        leader.Receive(Make.VoteReply(3, 2, isGranted: true));
        Assert.Equal(Role.Leader, leader.Raft.Role);
        Acknowledge(leader, 2, 3);
        Assert.Equal((Role.Follower, 3L), (leader.Raft.Role, leader.Raft.CommitIndex));
    }

    [Fact]
    [Trait("Scenario", "67 remove_leader_steps_down_after_commit")]
    public void After_the_leaders_removal_the_next_leads_without_a_timeout()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1).Propose("a");
        cluster.Settle();
        cluster[1].Change(new MembershipChange.Remove(Make.Id(1)));
        cluster.Settle(); // Not a single clock tick.
        var leader = cluster.Leaders.Single();
        Assert.NotEqual(cluster[1], leader);
        leader.Propose("b");
        cluster.Settle();
        Assert.Equal((leader.Raft.Log.LastIndex, 2), (leader.Raft.CommitIndex, leader.Raft.Membership.VoterCount));
    }

    [Fact] // 4.2.3
    [Trait("Scenario", "68 removed_node_cannot_disrupt")]
    public void Removed_node_that_does_not_know_it_deposes_nobody()
    {
        var cluster = new TestCluster(4);
        cluster.Elect(1);
        cluster[1].Change(new MembershipChange.Remove(Make.Id(4)));
        cluster.Tick(5);
        Assert.True(cluster[4].Raft.IsVoter); // The leader stopped talking to it at once.
        cluster[4].Tick(20 * cluster[4].Config.ElectionTicks);
        cluster[4].Receive(new TimeoutNow(Make.Id(1), Make.Id(4), 1));
        for (var i = 0; i < 10; i++)
        {
            cluster.Tick(30);
            Assert.True(cluster[1].Propose($"{i}") > 0);
        }

        Assert.Equal((Role.Leader, 1L), (cluster[1].Raft.Role, cluster[1].Raft.HardState.Term));
        Assert.Equal(0, cluster.Safety.CommittedIndex - cluster[1].Raft.CommitIndex);
    }

    [Fact]
    [Trait("Scenario", "68 removed_node_cannot_disrupt")]
    public void Removed_node_with_a_higher_term_deposes_nobody()
    {
        var leader = Make.SettledLeader(voters: 4);
        leader.Change(new MembershipChange.Remove(Make.Id(4)));
        Acknowledge(leader, 2, 3);
        leader.Receive(Make.Refusal(4, term: 9, refused: 1, hintIndex: 1, hintTerm: 0));
        leader.Receive(Make.Vote(4, term: 9, lastIndex: 9, lastTerm: 1));
        leader.Receive(Make.Vote(4, term: 9, lastIndex: 9, lastTerm: 1, isTransfer: true));
        Assert.Equal((Role.Leader, 1L), (leader.Raft.Role, leader.Raft.HardState.Term));
    }

    [Fact]
    [Trait("Scenario", "69 removed_then_readded_rejoins")]
    [Trait("FieldReport", "removed member cannot rejoin")]
    public void Removed_node_that_is_added_again_catches_up_and_votes()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1).Propose("a");
        cluster.Tick(5);
        cluster[1].Change(new MembershipChange.Remove(Make.Id(3)));
        cluster.Tick(5);
        cluster[1].Propose("without n3");
        cluster.Tick(60);
        Assert.True(cluster[1].Change(new MembershipChange.AddLearner(Make.Id(3), "")) > 0);
        cluster.Tick(40);
        Assert.True(cluster[1].Change(new MembershipChange.Promote(Make.Id(3))) > 0);
        cluster.Tick(40);
        cluster.RequireSameLogs();
        cluster.Crash(1);
        cluster.TickUntil(() => cluster.Leaders.Any(), maxTicks: 300);
    }

    [Fact] // 4.1: a server uses the newest configuration in its log, and falls back if that is removed.
    [Trait("Scenario", "70 config_rolls_back_with_truncated_entry")]
    public void Membership_goes_back_when_its_entry_is_truncated()
    {
        var node = Make.Node();
        var five = TestCluster.Voters(5);
        node.Receive(Make.Append(
            2, 1, 0, 0, [.. Make.Entries(1, 1), new LogEntry(2, 1, EntryKind.Configuration, five.ToBytes())]));
        Assert.Equal((2L, 5), (node.Raft.MembershipIndex, node.Raft.Membership.VoterCount)); // Counts uncommitted.
        node.Receive(Make.Append(3, 2, 1, 1, Make.Entries(2, 2)));
        Assert.Equal((0L, 3), (node.Raft.MembershipIndex, node.Raft.Membership.VoterCount));
    }

    [Fact]
    public void Membership_is_found_again_at_a_restart_whether_from_the_log_or_from_the_snapshot()
    {
        var cluster = Grown(out var fourth);
        cluster.Crash(2);
        cluster.Restart(2);
        Assert.NotNull(cluster[2].Raft.Membership.Find(fourth.Id));
        cluster[2].TakeSnapshot();
        cluster.Crash(2);
        cluster.Restart(2);
        Assert.Equal("at 4", cluster[2].Raft.Membership.Find(fourth.Id)?.Contact);
        Assert.Equal(cluster[2].Raft.Log.Snapshot.Index, cluster[2].Raft.MembershipIndex);
    }

    [Fact]
    [Trait("Scenario", "72 add_node_from_empty_by_log_replay")]
    public void New_node_is_told_all_by_the_log_or_by_a_snapshot()
    {
        var replayed = Grown(out var byLog);
        Assert.Empty(replayed.Delivered.OfType<InstallSnapshot>());
        Assert.Equal(4, byLog.Raft.Membership.Members.Count);

        var compacted = Grown(out var bySnapshot, isCompacted: true);
        Assert.NotEmpty(compacted.Delivered.OfType<InstallSnapshot>());
        Assert.Equal(4, bySnapshot.Raft.Membership.Members.Count);
    }

    [Fact]
    public void New_node_waits_to_be_told_and_takes_the_word_of_a_leader_it_does_not_know()
    {
        var node = new TestNode(TestCluster.Config(Make.Id(1), 1), Membership.Empty, null, Wholeness.New);
        node.Tick(20 * node.Config.ElectionTicks);
        Assert.Equal(Role.Follower, node.Raft.Role);
        Assert.Empty(node.Outbox);
        node.Receive(Make.Append(2, 3, 0, 0, Make.Entries(1, 1, 3)));
        Assert.Equal((Make.Id(2), 2L), (node.Raft.Leader, node.Raft.Log.LastIndex));
    }

    [Fact]
    public void Changes_that_may_not_be_are_refused_with_their_reason()
    {
        var leader = Make.SettledLeader();
        Refused(leader, new MembershipChange.AddLearner(Make.Id(2), ""), MembershipRefusal.AlreadyMember);
        Refused(leader, new MembershipChange.Promote(Make.Id(2)), MembershipRefusal.AlreadyMember);
        Refused(leader, new MembershipChange.AddLearner(new NodeId("n 4"), ""), MembershipRefusal.Invalid);
        Refused(leader, new MembershipChange.UpdateContact(Make.Id(2), "\n"), MembershipRefusal.Invalid);
        Refused(leader, new MembershipChange.Remove(Make.Id(9)), MembershipRefusal.NotMember);
        Refused(leader, new MembershipChange.Promote(Make.Id(9)), MembershipRefusal.NotMember);
        Refused(leader, new MembershipChange.UpdateContact(Make.Id(9), ""), MembershipRefusal.NotMember);
        leader.Step(new RaftInput.TransferLeadership(Make.Id(2)));
        Refused(leader, _add4, MembershipRefusal.Transferring);
        Refused(Make.Node(), _add4, MembershipRefusal.NotLeader);
        Refused(Make.Node(voters: 1), _add4, MembershipRefusal.NotLeader);
    }

    [Fact]
    public void Change_that_would_cost_the_majority_is_refused()
    {
        var alone = Make.Node(voters: 1);
        alone.Tick(2 * alone.Config.ElectionTicks);
        Refused(alone, new MembershipChange.Remove(Make.Id(1)), MembershipRefusal.Unsafe);

        var leader = Make.SettledLeader(voters: 3);
        for (var tick = 0; tick < leader.Config.ElectionTicks; tick++)
        {
            leader.Tick();
            Acknowledge(leader, 2);
        }

        Refused(leader, new MembershipChange.Remove(Make.Id(2)), MembershipRefusal.Unsafe); // n3 is silent.
        Assert.True(leader.Change(new MembershipChange.Remove(Make.Id(3))) > 0);
    }

    [Fact]
    public void Change_for_another_membership_than_the_present_is_refused_as_the_last_of_all_reasons()
    {
        var leader = Make.SettledLeader();
        var before = leader.Raft.Membership.Fingerprint;
        Assert.Equal(Membership.Read(leader.Raft.Membership.ToBytes())!.Fingerprint, before);
        Assert.Equal(2, leader.Change(_add4 with { IfFingerprint = before }));
        Acknowledge(leader, 2, 3, 4);
        Assert.NotEqual(before, leader.Raft.Membership.Fingerprint);
        Refused(leader, _add4 with { IfFingerprint = before }, MembershipRefusal.AlreadyMember);
        var remove = new MembershipChange.Remove(Make.Id(4));
        Refused(leader, remove with { IfFingerprint = before }, MembershipRefusal.Changed);
        Assert.Equal(3, leader.Change(remove with { IfFingerprint = leader.Raft.Membership.Fingerprint }));
        Acknowledge(leader, 2, 3);
        Assert.Equal(before, leader.Raft.Membership.Fingerprint); // The same members again are the same membership.
    }

    [Fact]
    public void Contact_of_a_member_can_be_changed()
    {
        var leader = Make.SettledLeader();
        Assert.True(leader.Change(new MembershipChange.UpdateContact(Make.Id(2), "moved")) > 0);
        Assert.Equal(new Member(Make.Id(2), IsVoter: true, "moved"), leader.Raft.Membership.Find(Make.Id(2)));
    }

    /// <summary>Three voters, led by n1, and n4 that was added as learner and is level.</summary>
    private static TestCluster Grown(out TestNode fourth, bool isCompacted = false)
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1).Propose("a", "b", "c");
        cluster.Tick(5);
        if (isCompacted)
        {
            cluster[1].TakeSnapshot();
        }

        fourth = cluster.Join();
        Assert.True(cluster[1].Change(_add4) > 0);
        cluster.Tick(40);
        cluster.RequireSameLogs();
        return cluster;
    }

    private static void Refused(TestNode node, MembershipChange change, MembershipRefusal expected)
    {
        Assert.Equal(0, node.Change(change));
        Assert.Equal(expected, node.LastMembershipRefusal);
    }

    private static void Acknowledge(TestNode leader, params int[] peers)
    {
        foreach (var peer in peers)
        {
            leader.Receive(Make.Ack(peer, leader.Raft.HardState.Term, leader.Raft.Log.LastIndex));
        }
    }
}
