using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>Raft paper, section 7: compaction, and followers whose entries are gone.</summary>
public sealed class SnapshotTests
{
    [Fact]
    [Trait("Scenario", "36 slow_follower_after_compaction_gets_snapshot")]
    public void Follower_behind_the_compacted_log_gets_a_snapshot_and_then_entries()
    {
        var cluster = LaggingThird(out _);
        cluster.Heal();
        cluster.Tick(40);
        Assert.NotEmpty(cluster.Delivered.OfType<InstallSnapshot>());
        cluster[1].Propose("after");
        cluster.Tick(10);
        cluster.RequireSameLogs();
        Assert.Equal(cluster[1].Raft.CommitIndex - 1, cluster[3].Raft.Log.Snapshot.Index);
    }

    [Fact]
    [Trait("FieldReport", "needless snapshot installs")]
    public void Follower_that_kept_entries_still_reach_needs_no_snapshot()
    {
        var cluster = LaggingThird(out _, keep: 100);
        cluster.Heal();
        cluster.Tick(40);
        Assert.Empty(cluster.Delivered.OfType<InstallSnapshot>());
        Assert.Equal(cluster[1].Raft.CommitIndex, cluster[3].Raft.CommitIndex);
    }

    [Fact]
    [Trait("Scenario", "55 pending_snapshot_pauses_append")]
    public void While_a_snapshot_is_under_way_one_piece_and_heartbeats_are_sent_and_no_entries()
    {
        var leader = LeaderSendingSnapshot(out var mark);
        leader.Outbox.Clear();
        leader.Pieces.Clear();
        leader.Propose("a");
        leader.Propose("b");
        leader.Tick(leader.Config.HeartbeatTicks);
        Assert.Empty(leader.Pieces);
        Assert.All(leader.TakeSent<AppendEntries>().Where(append => append.To == Make.Id(3)),
            append => Assert.Empty(append.Entries));

        leader.Receive(Make.PieceReply(3, 1, mark, nextOffset: 1_000, isInstalled: false));
        Assert.Equal(new SnapshotPiece(Make.Id(3), 1, mark, 1_000), Assert.Single(leader.Pieces));
        leader.Receive(Make.PieceReply(3, 1, mark, nextOffset: 1_000, isInstalled: false)); // A duplicate.
        Assert.Single(leader.Pieces);
    }

    [Fact]
    [Trait("Scenario", "56 snapshot_failure_back_to_probe")]
    public void Unanswered_piece_is_sent_again_only_to_a_follower_that_lives()
    {
        var leader = LeaderSendingSnapshot(out var mark);
        leader.Pieces.Clear();
        LetTimePass(leader, 5 * leader.Config.ElectionTicks, thirdAnswers: false);
        Assert.Empty(leader.Pieces); // Dead: it is not fed.

        LetTimePass(leader, leader.Config.ElectionTicks, thirdAnswers: true);
        Assert.Equal(new SnapshotPiece(Make.Id(3), 1, mark, 0), Assert.Single(leader.Pieces));
    }

    [Fact]
    [Trait("Scenario", "56 snapshot_failure_back_to_probe")]
    public void Follower_that_lost_its_pieces_is_sent_them_from_where_it_is()
    {
        var leader = LeaderSendingSnapshot(out var mark);
        leader.Receive(Make.PieceReply(3, 1, mark, nextOffset: 2_000, isInstalled: false));
        leader.Pieces.Clear();
        leader.Receive(Make.PieceReply(3, 1, mark, nextOffset: 0, isInstalled: false));
        Assert.Equal(new SnapshotPiece(Make.Id(3), 1, mark, 0), Assert.Single(leader.Pieces));
    }

    [Fact]
    [Trait("Scenario", "59 snapshot_superseded_while_streaming")]
    public void Snapshot_that_is_superseded_and_unanswered_begins_anew_with_the_newest()
    {
        var leader = LeaderSendingSnapshot(out var old);
        leader.Receive(Make.PieceReply(3, 1, old, nextOffset: 1_000, isInstalled: false));
        leader.Propose("more");
        leader.Receive(Make.Ack(2, 1, leader.Raft.Log.LastIndex));
        leader.TakeSnapshot();
        leader.Pieces.Clear();
        LetTimePass(leader, 3 * leader.Config.ElectionTicks, thirdAnswers: true);
        Assert.Equal(new SnapshotPiece(Make.Id(3), 1, old, 1_000), leader.Pieces[0]); // The old one may still exist.
        Assert.Equal(new SnapshotPiece(Make.Id(3), 1, leader.Raft.Log.Snapshot, 0), leader.Pieces[1]);
    }

    [Fact]
    [Trait("Scenario", "58 snapshot_at_last_index_resumes_replicate")]
    public void Follower_that_has_installed_the_snapshot_is_sent_what_follows_it()
    {
        var leader = LeaderSendingSnapshot(out var mark);
        leader.Propose("a");
        leader.Outbox.Clear();
        leader.Receive(Make.PieceReply(3, 1, mark, nextOffset: 2_500, isInstalled: true));
        Assert.Equal(mark.Index, leader.TakeSent<AppendEntries>().Single().PreviousIndex);
        leader.Receive(Make.Ack(3, 1, mark.Index));
        Assert.Equal("a"u8.ToArray(), leader.TakeSent<AppendEntries>().Single().Entries[0].Payload.ToArray());
    }

    [Fact]
    [Trait("Scenario", "58 snapshot_at_last_index_resumes_replicate")]
    public void Heartbeat_answer_that_the_log_still_reaches_ends_a_needless_snapshot()
    {
        var leader = LeaderSendingSnapshot(out var mark);
        leader.Propose("a");
        leader.Outbox.Clear();
        leader.Receive(Make.Ack(3, 1, mark.Index));
        Assert.Equal(mark.Index + 1, leader.TakeSent<AppendEntries>().Single().Entries[0].Index);
    }

    [Fact]
    [Trait("Scenario", "57 stale_snapshot_ignored")]
    public void Stale_snapshot_is_answered_as_installed_and_changes_nothing()
    {
        var node = Make.Node();
        node.Receive(Make.Append(2, 1, 0, 0, Make.Entries(1, 1, 1, 1), commit: 2));
        node.Outbox.Clear();
        node.Receive(Make.Piece(2, 1, new SnapshotMark(2, 1)));
        Assert.True(node.TakeSent<InstallSnapshotReply>().Single().IsInstalled);
        Assert.Equal((3L, 2L, 0L), (node.Raft.Log.LastIndex, node.Raft.CommitIndex, node.Raft.Log.Snapshot.Index));
    }

    [Fact] // Section 7
    public void Snapshot_whose_last_entry_is_in_the_log_only_commits_it()
    {
        var node = Make.Node();
        node.Receive(Make.Append(2, 1, 0, 0, Make.Entries(1, 1, 1, 1)));
        node.Outbox.Clear();
        node.Receive(Make.Piece(2, 1, new SnapshotMark(2, 1)));
        Assert.True(node.TakeSent<InstallSnapshotReply>().Single().IsInstalled);
        Assert.Equal((3L, 2L), (node.Raft.Log.LastIndex, node.Raft.CommitIndex));
    }

    [Fact] // Section 7, figure 13, rule 7
    public void Installed_snapshot_replaces_a_log_that_contradicts_it()
    {
        var effects = new RaftEffects();
        var node = new RaftNode(
            TestCluster.Config(Make.Id(1), 1), new HardState(2, null), default,
            Make.Entries(1, 1, 1, 2, 2, 2, 2), TestCluster.Voters(3));
        var mark = new SnapshotMark(5, 3);
        node.Step(new RaftInput.Received(Make.Piece(2, 4, mark)), effects);
        Assert.Equal(mark, effects.ReceivedPiece?.Mark);
        Assert.Equal(6, node.Log.LastIndex);

        node.Step(new RaftInput.SnapshotProgress(Make.Id(2), mark, 500, IsInstalled: false), effects);
        var reply = Assert.IsType<InstallSnapshotReply>(Assert.Single(effects.MessagesAfterPersist));
        Assert.Equal((500L, false, 6L), (reply.NextOffset, reply.IsInstalled, node.Log.LastIndex));

        var membership = TestCluster.Voters(5);
        node.Step(new RaftInput.SnapshotProgress(Make.Id(2), mark, 1_000, IsInstalled: true, membership), effects);
        Assert.Same(membership, node.Membership);
        Assert.Equal(mark, effects.ResetLogTo);
        Assert.Equal((5L, 3L, 6L, 5L), (node.Log.LastIndex, node.Log.LastTerm, node.Log.FirstIndex, node.CommitIndex));
        Assert.True(Assert.IsType<InstallSnapshotReply>(Assert.Single(effects.MessagesAfterPersist)).IsInstalled);
    }

    [Fact] // Section 7, figure 13, rule 6
    public void Installed_snapshot_keeps_what_follows_it_when_the_log_agrees()
    {
        var effects = new RaftEffects();
        var node = new RaftNode(TestCluster.Config(Make.Id(1), 1), default, default, [], TestCluster.Voters(3));
        var mark = new SnapshotMark(2, 1);
        node.Step(new RaftInput.Received(Make.Piece(2, 1, mark)), effects);
        Assert.NotNull(effects.ReceivedPiece);
        node.Step(new RaftInput.Received(Make.Append(2, 1, 0, 0, Make.Entries(1, 1, 1, 1))), effects); // Meanwhile.
        node.Step(new RaftInput.SnapshotProgress(Make.Id(2), mark, 1_000, IsInstalled: true), effects);
        Assert.Null(effects.ResetLogTo);
        Assert.Equal((3L, 2L, mark), (node.Log.LastIndex, node.CommitIndex, node.Log.Snapshot));
    }

    [Fact] // Section 7
    public void Piece_of_a_snapshot_counts_as_a_sign_of_life_of_the_leader()
    {
        var node = Make.Node();
        for (var i = 0; i < 10; i++)
        {
            node.Receive(Make.Piece(2, 1, new SnapshotMark(9, 1), isLast: false));
            node.Tick(node.Config.ElectionTicks - 1);
        }

        Assert.Equal((Role.Follower, Make.Id(2)), (node.Raft.Role, node.Raft.Leader));
    }

    [Fact]
    public void Compaction_below_the_snapshot_keeps_what_was_asked_for_and_forgets_the_rest()
    {
        var leader = Make.SettledLeader();
        leader.Propose("a", "b", "c", "d");
        leader.Receive(Make.Ack(2, 1, match: 5));
        leader.Step(new RaftInput.SnapshotTaken(new SnapshotMark(4, 1), KeepFrom: 3));
        var log = leader.Raft.Log;
        Assert.Equal((3L, 5L, 4L), (log.FirstIndex, log.LastIndex, log.Snapshot.Index));
        Assert.Equal((null, 1L), (log.TermAt(1), log.TermAt(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.EntryAt(2));
    }

    [Fact]
    public void Snapshot_of_what_is_not_committed_breaks_an_invariant()
    {
        var leader = Make.SettledLeader();
        leader.Propose("a");
        Assert.Throws<InvariantViolatedException>(
            () => leader.Step(new RaftInput.SnapshotTaken(new SnapshotMark(2, 1), KeepFrom: 3)));
    }

    private static TestCluster LaggingThird(out SnapshotMark mark, long keep = 0)
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1);
        cluster.Isolate(3);
        cluster.Tick(cluster[1].Config.ElectionTicks);
        for (var i = 0; i < 20; i++)
        {
            cluster[1].Propose($"command {i}");
            cluster.Settle();
        }

        cluster[1].TakeSnapshot(keep);
        mark = cluster[1].Raft.Log.Snapshot;
        return cluster;
    }

    /// <summary>Leader n1 of three; n3 has nothing, and the first piece for it is under way.</summary>
    private static TestNode LeaderSendingSnapshot(out SnapshotMark mark)
    {
        var leader = Make.Leader();
        leader.Propose("1", "2", "3");
        leader.Receive(Make.Ack(2, 1, match: 4));
        leader.Receive(Make.Ack(2, 1, match: 4));
        leader.TakeSnapshot();
        mark = leader.Raft.Log.Snapshot;
        Assert.Equal(4, mark.Index);
        leader.Receive(Make.Refusal(3, 1, refused: 0, hintIndex: 1, hintTerm: 0));
        Assert.Equal(new SnapshotPiece(Make.Id(3), 1, mark, 0), Assert.Single(leader.Pieces));
        return leader;
    }

    private static void LetTimePass(TestNode leader, int ticks, bool thirdAnswers)
    {
        for (var i = 0; i < ticks; i++)
        {
            leader.Receive(Make.Ack(2, 1, leader.Raft.Log.LastIndex));
            if (thirdAnswers)
            {
                leader.Receive(Make.Ack(3, 1, match: 0));
            }

            leader.Tick();
        }
    }
}
