using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>Raft paper, 5.3: followers' logs become the leader's, and duplicates or stragglers harm nothing.</summary>
public sealed class ReplicationTests
{
    [Fact] // Figure 7
    [Trait("Scenario", "21 figure7_all_follower_logs_reconciled")]
    public void All_follower_logs_of_figure_7_become_the_leaders()
    {
        long[][] logs =
        [
            [1, 1, 1, 4, 4, 5, 5, 6, 6, 6], // The leader of term 8.
            [1, 1, 1, 4, 4, 5, 5, 6, 6], // a
            [1, 1, 1, 4], // b
            [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6], // c
            [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7], // d
            [1, 1, 1, 4, 4, 4, 4], // e
            [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3], // f
        ];
        var cluster = new TestCluster(
            7, disks: [.. logs.Select(log => TestDisk.With(new HardState(7, null), log))]);
        cluster.Elect(1);
        cluster.Tick(10);

        Assert.Equal(8, cluster[1].Raft.HardState.Term);
        cluster.RequireSameLogs();
        Assert.All(cluster.Nodes, node => Assert.Equal(11, node.Raft.CommitIndex));
        Assert.All(cluster.Nodes, node => Assert.Equal(cluster[1].Disk.Entries.Count, node.Disk.Entries.Count));
    }

    [Fact]
    [Trait("Scenario", "24 follower_commit_capped_at_last_new_entry")]
    public void Follower_commits_no_further_than_the_last_entry_of_the_message_itself()
    {
        var node = Make.Node(hardState: new HardState(1, null), log: [1, 1, 1, 1, 1]); // Partly another's.
        node.Receive(Make.Append(2, term: 2, previous: 1, previousTerm: 1, Make.Entries(2, 1), commit: 5));
        Assert.Equal(2, node.Raft.CommitIndex);
        Assert.Equal(2, node.Sent<AppendEntriesReply>().Single().MatchIndex);

        node.Receive(Make.Append(2, term: 2, previous: 3, previousTerm: 1, commit: 5)); // A heartbeat proves 3.
        Assert.Equal(3, node.Raft.CommitIndex);
    }

    [Fact]
    [Trait("Scenario", "25 reject_hint_backtracks_in_O(terms)")]
    public void Refusal_says_where_the_conflicting_term_begins()
    {
        var node = Make.Node(hardState: new HardState(4, null), log: [1, 1, 3, 3, 3]);
        node.Receive(Make.Append(2, term: 5, previous: 5, previousTerm: 4));
        var refusal = node.TakeSent<AppendEntriesReply>().Single();
        Assert.Equal((false, 5L, 3L, 3L), (refusal.IsSuccess, refusal.MatchIndex, refusal.HintIndex, refusal.HintTerm));

        node.Receive(Make.Append(2, term: 5, previous: 9, previousTerm: 4));
        refusal = node.TakeSent<AppendEntriesReply>().Single();
        Assert.Equal((false, 9L, 6L, 0L), (refusal.IsSuccess, refusal.MatchIndex, refusal.HintIndex, refusal.HintTerm));
    }

    [Fact]
    [Trait("Scenario", "25 reject_hint_backtracks_in_O(terms)")]
    public void Leader_goes_back_one_round_per_term_and_not_per_entry()
    {
        var leaderLog = Enumerable.Repeat(1L, 1_000).Concat(Enumerable.Repeat(6L, 1_000)).ToArray();
        var followerLog = Enumerable.Repeat(1L, 500).Concat(Enumerable.Repeat(2L, 500))
            .Concat(Enumerable.Repeat(3L, 500)).Concat(Enumerable.Repeat(4L, 700)).ToArray();
        var cluster = new TestCluster(3, disks:
        [
            TestDisk.With(new HardState(6, null), leaderLog), TestDisk.With(new HardState(6, null), leaderLog),
            TestDisk.With(new HardState(6, null), followerLog),
        ]);
        cluster.Elect(1);
        cluster.RequireSameLogs();
        var refusals = cluster.Delivered.OfType<AppendEntriesReply>()
            .Count(reply => reply.From == cluster[3].Id && !reply.IsSuccess);
        Assert.InRange(refusals, 1, 4);
    }

    [Fact]
    [Trait("Scenario", "26 duplicate_and_reordered_appends_idempotent")]
    public void Doubled_and_overtaken_appends_change_nothing_more()
    {
        var node = Make.Node();
        var (first, second) = (
            Make.Append(2, 1, 0, 0, Make.Entries(1, 1, 1), commit: 1),
            Make.Append(2, 1, 2, 1, Make.Entries(3, 1, 1), commit: 3));
        node.Receive(second); // Too early: refused.
        Assert.False(node.TakeSent<AppendEntriesReply>().Single().IsSuccess);
        node.Receive(first);
        node.Receive(second);
        node.Receive(first);
        node.Receive(second);
        Assert.Equal([2, 4, 3, 4], node.TakeSent<AppendEntriesReply>().Select(reply => reply.MatchIndex));
        Assert.Equal((4L, 3L), (node.Raft.Log.LastIndex, node.Raft.CommitIndex));
        Assert.Equal(4, node.Disk.Entries.Count);
    }

    [Fact] // Figure 2, rule 3
    [Trait("Scenario", "27 same_term_duplicate_never_truncates")]
    public void Shorter_append_of_the_same_term_never_truncates()
    {
        var node = Make.Node();
        node.Receive(Make.Append(2, 1, 0, 0, Make.Entries(1, 1, 1, 1, 1)));
        node.Receive(Make.Append(2, 1, 0, 0, Make.Entries(1, 1)));
        node.Receive(Make.Append(2, 1, 1, 1));
        Assert.Equal((4L, 4L), (node.Raft.Log.LastIndex, node.Disk.LastIndex));
    }

    [Fact] // Figure 2, rule 3
    public void Conflicting_entry_and_all_after_it_are_replaced_and_the_disk_follows()
    {
        var node = Make.Node(hardState: new HardState(2, null), log: [1, 2, 2, 2]);
        node.Receive(Make.Append(2, term: 3, previous: 1, previousTerm: 1, Make.Entries(2, 3), commit: 2));
        Assert.Equal((2L, 3L, 2L), (node.Raft.Log.LastIndex, node.Raft.Log.LastTerm, node.Raft.CommitIndex));
        Assert.Equal([1, 3], node.Disk.Entries.Select(entry => entry.Term));
    }

    [Fact]
    [Trait("Scenario", "28 committed_entry_never_overwritten")]
    public void Committed_entry_is_never_overwritten()
    {
        var node = Make.Node();
        node.Receive(Make.Append(2, term: 1, previous: 0, previousTerm: 0, Make.Entries(1, 1, 1, 1), commit: 2));
        node.Outbox.Clear();
        node.Receive(Make.Append(3, term: 2, previous: 1, previousTerm: 1, Make.Entries(2, 2), commit: 2));
        node.Receive(Make.Append(3, term: 2, previous: 2, previousTerm: 2, Make.Entries(3, 2), commit: 2));
        node.Receive(Make.Piece(3, term: 2, new SnapshotMark(2, 2)));

        Assert.Equal(3, node.Raft.Contradictions);
        Assert.Empty(node.Outbox); // Neither agreed to nor answered.
        Assert.Equal((3L, 1L), (node.Raft.Log.LastIndex, node.Raft.Log.TermAt(2)));
    }

    [Fact] // 5.2: election safety
    public void Second_leader_of_one_term_is_not_believed()
    {
        var node = Make.Node();
        node.Receive(Make.Append(2, term: 1, previous: 0, previousTerm: 0, Make.Entries(1, 1)));
        node.Receive(Make.Append(3, term: 1, previous: 0, previousTerm: 0, Make.Entries(1, 1, 1)));
        Assert.Equal((1L, Make.Id(2), 1L), (node.Raft.Contradictions, node.Raft.Leader, node.Raft.Log.LastIndex));

        var leader = Make.SettledLeader();
        leader.Receive(Make.Append(3, term: 1, previous: 1, previousTerm: 1, Make.Entries(2, 1)));
        Assert.Equal((1L, Role.Leader, 1L), (leader.Raft.Contradictions, leader.Raft.Role, leader.Raft.Log.LastIndex));
    }

    [Fact]
    public void Append_from_before_the_followers_compaction_is_taken_as_far_as_it_is_new()
    {
        var node = Make.Node();
        node.Receive(Make.Append(2, 1, 0, 0, Make.Entries(1, 1, 1, 1, 1), commit: 4));
        node.TakeSnapshot();
        Assert.Equal(5, node.Raft.Log.FirstIndex);
        node.Outbox.Clear();
        node.Receive(Make.Append(2, 1, 1, 1, Make.Entries(2, 1, 1, 1, 1), commit: 5));
        Assert.Equal((5L, 5L), (node.Raft.Log.LastIndex, node.Raft.CommitIndex));
        Assert.Equal(5, node.TakeSent<AppendEntriesReply>().Single().MatchIndex);
        node.Receive(Make.Append(2, 1, 0, 0)); // A heartbeat of a leader that knows nothing of this node.
        Assert.Equal(5, node.TakeSent<AppendEntriesReply>().Single().MatchIndex);
    }

    [Fact]
    [Trait("Scenario", "34 lagging_commit_catches_up")]
    public void Follower_learns_of_a_commit_at_the_next_clock_tick_without_new_entries()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1).Propose("a");
        cluster.Settle();
        Assert.Equal((2L, 1L), (cluster[1].Raft.CommitIndex, cluster[2].Raft.CommitIndex));
        cluster.Tick();
        Assert.All(cluster.Nodes, node => Assert.Equal(2, node.Raft.CommitIndex));
    }
}
