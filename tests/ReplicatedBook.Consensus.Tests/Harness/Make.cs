using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus.Tests.Harness;

/// <summary>Nodes alone and what others say to them: node n1 is under test, the others are played by the
/// test.</summary>
internal static class Make
{
    public static NodeId Id(int number) => new($"n{number}");

    /// <summary>Entries with these terms; equal index and term give equal content, as Raft has it.</summary>
    public static LogEntry[] Entries(long first, params long[] terms) =>
        [.. terms.Select((term, i) => new LogEntry(
            first + i, term, EntryKind.Command, TestNode.Payload($"{first + i}@{term}")))];

    public static TestNode Node(
        int voters = 3, HardState hardState = default, long[]? log = null, Func<RaftConfig, RaftConfig>? change = null)
    {
        var config = TestCluster.Config(Id(1), 7);
        return new TestNode(
            (change ?? (same => same))(config), TestCluster.Voters(voters), TestDisk.With(hardState, log ?? []));
    }

    /// <summary>Node n1 as leader in the term after the one given, with its first entry sent and nothing
    /// answered.</summary>
    public static TestNode Leader(
        int voters = 3, long term = 0, long[]? log = null, Func<RaftConfig, RaftConfig>? change = null)
    {
        var node = Node(voters, new HardState(term, null), log, change);
        node.Tick(2 * node.Config.ElectionTicks);
        for (var other = 2; other <= (voters / 2) + 1; other++)
        {
            node.Receive(PreVoteReply(other, term + 1, isGranted: true));
        }

        for (var other = 2; other <= (voters / 2) + 1; other++)
        {
            node.Receive(VoteReply(other, term + 1, isGranted: true));
        }

        Assert.Equal(Role.Leader, node.Raft.Role);
        return node;
    }

    /// <summary>Node n1 as leader whose peers have all it has and are being sent ahead.</summary>
    public static TestNode SettledLeader(
        int voters = 3, long term = 0, long[]? log = null, Func<RaftConfig, RaftConfig>? change = null)
    {
        var node = Leader(voters, term, log, change);
        AcknowledgeAll(node);
        Assert.Equal(node.Raft.Log.LastIndex, node.Raft.CommitIndex);
        node.Outbox.Clear();
        return node;
    }

    public static void AcknowledgeAll(TestNode leader)
    {
        foreach (var peer in leader.Raft.Peers)
        {
            leader.Receive(Ack(
                int.Parse(peer.Id.Value[1..]), leader.Raft.HardState.Term, leader.Raft.Log.LastIndex));
        }
    }

    public static AppendEntries Append(
        int from, long term, long previous, long previousTerm, LogEntry[]? entries = null, long commit = 0,
        long round = 0) => new(Id(from), Id(1), term, previous, previousTerm, entries ?? [], commit, round, 0);

    public static AppendEntriesReply Ack(int from, long term, long match, long round = 0) =>
        new(Id(from), Id(1), term, true, match, 0, 0, round);

    public static AppendEntriesReply Refusal(
        int from, long term, long refused, long hintIndex, long hintTerm, long round = 0) =>
        new(Id(from), Id(1), term, false, refused, hintIndex, hintTerm, round);

    public static RequestVote Vote(int from, long term, long lastIndex, long lastTerm, bool isTransfer = false) =>
        new(Id(from), Id(1), term, lastIndex, lastTerm, IsPreVote: false, isTransfer);

    public static RequestVote PreVote(int from, long term, long lastIndex, long lastTerm) =>
        new(Id(from), Id(1), term, lastIndex, lastTerm, IsPreVote: true, IsTransfer: false);

    public static RequestVoteReply VoteReply(int from, long term, bool isGranted) =>
        new(Id(from), Id(1), term, isGranted, IsPreVote: false);

    public static RequestVoteReply PreVoteReply(int from, long term, bool isGranted) =>
        new(Id(from), Id(1), term, isGranted, IsPreVote: true);

    public static InstallSnapshot Piece(int from, long term, SnapshotMark mark, long offset = 0, bool isLast = true) =>
        new(Id(from), Id(1), term, mark, offset, new byte[1_000], isLast, 0);

    public static InstallSnapshotReply PieceReply(
        int from, long term, SnapshotMark mark, long nextOffset, bool isInstalled) =>
        new(Id(from), Id(1), term, mark, nextOffset, isInstalled);
}
