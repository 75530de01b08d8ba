using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>Raft paper, 5.4.2 and figures 2 and 8: when something is committed, and what must be durable
/// before.</summary>
public sealed class CommitTests
{
    [Fact] // 5.4.2, figure 8
    [Trait("Scenario", "22 commit_only_current_term_entries")]
    public void Entries_of_earlier_terms_commit_only_through_one_of_the_present_term()
    {
        var leader = Make.Leader(term: 3, log: [1, 2, 2]);
        leader.Receive(Make.Ack(2, 4, match: 3));
        leader.Receive(Make.Ack(3, 4, match: 3));
        Assert.Equal((0L, false), (leader.Raft.CommitIndex, leader.Raft.HasCommittedInTerm));
        leader.Receive(Make.Ack(3, 4, match: 4));
        Assert.Equal((4L, 4L, true), (leader.Raft.CommitIndex, leader.Raft.CommitTerm, leader.Raft.HasCommittedInTerm));
    }

    [Fact] // Section 8
    [Trait("Scenario", "23 new_leader_noop_commits_old_entries")]
    public void New_leader_appends_an_empty_entry_that_commits_what_came_before()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1).Propose("a");
        cluster.Settle();
        cluster.Crash(1);
        cluster.TickUntil(() => cluster.Leaders.Any());
        cluster.Tick(10);
        var leader = cluster.Leaders.Single().Raft;
        Assert.Equal((3L, EntryKind.NoOp), (leader.CommitIndex, leader.Log.EntryAt(3).Kind));
        Assert.True(leader.Log.EntryAt(3).Payload.IsEmpty);
    }

    [Fact] // Figure 2
    [Trait("Scenario", "41 ack_and_vote_only_after_durable")]
    public void Votes_and_acknowledgements_leave_only_after_they_are_durable()
    {
        var node = Make.Node();
        node.IsDiskFast = false;
        node.Receive(Make.Vote(2, term: 1, lastIndex: 0, lastTerm: 0));
        node.Receive(Make.Append(2, term: 1, previous: 0, previousTerm: 0, Make.Entries(1, 1)));
        node.Receive(Make.Append(2, term: 1, previous: 1, previousTerm: 1)); // A heartbeat speaks of the same entry.
        Assert.Empty(node.Outbox);
        node.FinishWrite();
        Assert.True(Assert.IsType<RequestVoteReply>(Assert.Single(node.Outbox)).IsGranted);
        node.FinishWrites();
        Assert.Equal(3, node.Outbox.Count);

        var candidate = Make.Node();
        candidate.Tick(2 * candidate.Config.ElectionTicks);
        candidate.Outbox.Clear();
        candidate.IsDiskFast = false;
        candidate.Receive(Make.PreVoteReply(2, term: 1, isGranted: true));
        Assert.Equal((Role.Candidate, 0), (candidate.Raft.Role, candidate.Outbox.Count));
        candidate.FinishWrites();
        Assert.Equal(new HardState(1, Make.Id(1)), candidate.Disk.HardState);
        Assert.Equal(2, candidate.Sent<RequestVote>().Count());
    }

    [Fact] // Ongaro 2014, 10.2.1
    [Trait("Scenario", "42 leader_counts_itself_only_after_own_fsync")]
    public void Leader_sends_before_its_own_write_but_counts_itself_only_after_it()
    {
        var leader = Make.SettledLeader(voters: 3);
        leader.IsDiskFast = false;
        leader.Propose("a");
        Assert.Equal(2, leader.Sent<AppendEntries>().Count());
        leader.Receive(Make.Ack(2, 1, match: 2));
        Assert.Equal(1, leader.Raft.CommitIndex);
        leader.FinishWrites();
        Assert.Equal(2, leader.Raft.CommitIndex);

        leader.Propose("b");
        leader.Receive(Make.Ack(2, 1, match: 3));
        leader.Receive(Make.Ack(3, 1, match: 3));
        Assert.Equal(3, leader.Raft.CommitIndex); // A majority without it.
    }

    [Fact]
    [Trait("Scenario", "43 async_append_ABA_race")]
    public void Finished_write_of_an_entry_that_was_replaced_counts_for_nothing()
    {
        // The node alone, so that the test decides in which order its finished writes are reported.
        var config = TestCluster.Config(Make.Id(1), 1);
        var (node, effects) = (new RaftNode(config, default, default, [], TestCluster.Voters(3)), new RaftEffects());
        void Step(RaftInput input) => node.Step(input, effects);
        Step(new RaftInput.Received(Make.Append(2, 1, 0, 0, Make.Entries(1, 1, 1, 1, 1))));
        Step(new RaftInput.Received(Make.Append(3, 2, 1, 1, Make.Entries(2, 2)))); // Replaces 2 to 4.
        for (var tick = 0; tick < 2 * config.ElectionTicks; tick++)
        {
            Step(new RaftInput.ClockTick(0));
        }

        Step(new RaftInput.Received(Make.PreVoteReply(2, 3, isGranted: true)));
        Step(new RaftInput.Received(Make.VoteReply(2, 3, isGranted: true)));
        Assert.Equal((Role.Leader, 3L), (node.Role, node.Log.LastIndex));

        // The first write's report comes late: it names an index the leader has too, but another term.
        Step(new RaftInput.Persisted(3, 1));
        Step(new RaftInput.Received(Make.Ack(2, 3, match: 3)));
        Assert.Equal(0, node.CommitIndex);
        Step(new RaftInput.Persisted(3, 3));
        Assert.Equal(3, node.CommitIndex);
    }

    [Fact]
    [Trait("Scenario", "43 async_append_ABA_race")]
    public void What_was_durable_before_a_truncation_does_not_count_for_what_was_appended_after_it()
    {
        var node = Make.Node(hardState: new HardState(1, null), log: [1, 1, 1, 1]); // All durable.
        node.Receive(Make.Append(3, 2, previous: 1, previousTerm: 1, Make.Entries(2, 2)));
        node.Tick(2 * node.Config.ElectionTicks);
        node.Receive(Make.PreVoteReply(2, 3, isGranted: true));
        node.IsDiskFast = false;
        node.Receive(Make.VoteReply(2, 3, isGranted: true));
        Assert.Equal((Role.Leader, 3L, 2L), (node.Raft.Role, node.Raft.Log.LastIndex, node.Disk.LastIndex));
        node.Receive(Make.Ack(2, 3, match: 3));
        Assert.Equal(0, node.Raft.CommitIndex);
        node.FinishWrites();
        Assert.Equal(3, node.Raft.CommitIndex);
    }

    [Fact]
    [Trait("Scenario", "44 hard_state_and_entries_order")]
    public void Term_reaches_the_disk_no_later_than_the_entries_of_that_term()
    {
        var effects = new RaftEffects();
        var node = new RaftNode(TestCluster.Config(Make.Id(1), 1), default, default, [], TestCluster.Voters(3));
        node.Step(new RaftInput.Received(Make.Append(2, 7, 0, 0, Make.Entries(1, 3, 7))), effects);
        Assert.Equal(new HardState(7, null), effects.HardState);
        Assert.Equal(2, effects.Entries.Count);
        Assert.IsType<AppendEntriesReply>(Assert.Single(effects.MessagesAfterPersist));
        Assert.Empty(effects.Messages);
    }

    [Fact]
    public void Recovered_commit_index_is_known_at_once()
    {
        var config = TestCluster.Config(Make.Id(1), 1);
        var (hardState, members) = (new HardState(3, null), TestCluster.Voters(3));
        var node = new RaftNode(config, hardState, new SnapshotMark(2, 1), Make.Entries(1, 1, 1, 2, 2, 3), members, 4);
        Assert.Equal((4L, 2L, 1L), (node.CommitIndex, node.CommitTerm, node.Log.FirstIndex));
        node = new RaftNode(config, hardState, new SnapshotMark(2, 1), Make.Entries(2, 1, 2), members);
        Assert.Equal(2, node.CommitIndex);
    }

    [Fact]
    public void Recovered_state_that_contradicts_itself_is_refused()
    {
        var config = TestCluster.Config(Make.Id(1), 1);
        void Refused(HardState hardState, SnapshotMark snapshot, LogEntry[] entries, long commit = 0) =>
            Assert.Throws<ArgumentException>(
                () => new RaftNode(config, hardState, snapshot, entries, TestCluster.Voters(3), commit));

        Refused(new HardState(1, null), default, Make.Entries(1, 1, 2)); // An entry of a term never seen.
        Refused(new HardState(3, null), default, Make.Entries(2, 1)); // A gap at the start.
        Refused(new HardState(3, null), new SnapshotMark(5, 1), Make.Entries(1, 1, 1)); // Ends before the snapshot.
        Refused(new HardState(3, null), new SnapshotMark(2, 1), Make.Entries(1, 1, 2)); // Another entry at its mark.
        Refused(new HardState(3, null), default, [Make.Entries(1, 1)[0], Make.Entries(3, 1)[0]]); // A gap.
        Refused(new HardState(3, null), default, Make.Entries(1, 2, 1)); // Terms go back.
        Refused(new HardState(3, null), default, Make.Entries(1, 1), commit: 2); // More committed than there is.
        Refused(new HardState(3, null), default, [new LogEntry(1, 1, EntryKind.Configuration, new byte[] { 9 })]);
    }
}
