using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>No message makes a node throw, and none that no correct voter can send changes anything.</summary>
public sealed class HostileMessageTests
{
    private static readonly long[] _numbers =
        [long.MinValue, -1, 0, 1, 2, 3, 4, 5, 9, 1L << 48, (1L << 48) + 1, 1L << 62, long.MaxValue];

    [Fact]
    public void Nobody_answers_the_nameless_or_what_is_for_another()
    {
        var node = Make.Node();
        foreach (var from in new NodeId[] { new("n1"), new(""), default })
        {
            node.Receive(Make.Vote(2, term: 9, 0, 0) with { From = from });
            node.Receive(Make.Append(2, term: 9, 0, 0) with { From = from });
            node.Receive(Make.PreVote(2, term: 9, 0, 0) with { From = from });
        }

        node.Receive(Make.Vote(2, term: 9, 0, 0) with { To = Make.Id(3) });
        Assert.Equal((0L, 10L), (node.Raft.HardState.Term, node.Raft.IgnoredMessages));
        Assert.Empty(node.Outbox);
    }

    [Fact]
    public void Answers_and_questions_of_a_stranger_raise_no_term_and_get_no_answer()
    {
        var leader = Make.SettledLeader();
        leader.Receive(Make.Ack(9, term: 7, match: 1));
        leader.Receive(Make.Refusal(9, term: 7, refused: 1, hintIndex: 1, hintTerm: 0));
        leader.Receive(Make.VoteReply(9, term: 7, isGranted: false));
        leader.Receive(Make.PieceReply(9, term: 7, new SnapshotMark(1, 1), 0, isInstalled: false));
        leader.Receive(new ReadIndexRequest(Make.Id(9), Make.Id(1), 7, 1));
        leader.Receive(new ReadIndexReply(Make.Id(9), Make.Id(1), 7, 1, 1));
        leader.Receive(new TimeoutNow(Make.Id(9), Make.Id(1), 7));
        Assert.Equal((Role.Leader, 1L, 7L), (leader.Raft.Role, leader.Raft.HardState.Term,
            leader.Raft.StrangerMessages));
        Assert.Empty(leader.Outbox);
    }

    [Fact]
    public void Impossible_contents_are_ignored()
    {
        var hole = new[] { Make.Entries(3, 1)[0], Make.Entries(5, 1)[0] };
        RaftMessage[] impossible =
        [
            Make.Append(2, term: 0, 0, 0),
            Make.Append(2, term: 1L << 62, 0, 0),
            Make.Append(2, term: 2, previous: -1, previousTerm: 1),
            Make.Append(2, term: 2, previous: 1, previousTerm: 0),
            Make.Append(2, term: 2, previous: 0, previousTerm: 1),
            Make.Append(2, term: 2, previous: 2, previousTerm: 3),
            Make.Append(2, term: 2, previous: 2, previousTerm: 1, hole),
            Make.Append(2, term: 2, previous: 2, previousTerm: 1, Make.Entries(4, 1)),
            Make.Append(2, term: 2, previous: 2, previousTerm: 1, Make.Entries(3, 2, 1)),
            Make.Append(2, term: 2, previous: 2, previousTerm: 1, Make.Entries(3, 3)),
            Make.Append(2, term: 2, previous: 2, previousTerm: 1, [Make.Entries(3, 1)[0] with { Kind = (EntryKind)9 }]),
            Make.Append(
                2, term: 2, previous: 2, previousTerm: 1,
                [new LogEntry(3, 1, EntryKind.Configuration, Membership.Empty.ToBytes())]),
            Make.Append(2, term: 2, previous: 2, previousTerm: 1) with { Entries = null! },
            Make.Append(2, term: 2, previous: 2, previousTerm: 1, commit: -1),
            Make.Append(2, term: 2, previous: 2, previousTerm: 1, round: -1),
            Make.Vote(2, term: 2, lastIndex: 3, lastTerm: 2),
            Make.Vote(2, term: -1, lastIndex: 0, lastTerm: 0),
            Make.Piece(2, term: 2, new SnapshotMark(0, 0)),
            Make.Piece(2, term: 2, new SnapshotMark(3, 3)),
            Make.Piece(2, term: 2, new SnapshotMark(3, 1), offset: -1),
        ];
        var node = Make.Node(hardState: new HardState(1, null), log: [1, 1]);
        foreach (var message in impossible)
        {
            node.Receive(message);
        }

        node.Receive(null!);
        Assert.Equal(impossible.Length + 1, node.Raft.IgnoredMessages);
        Assert.Equal((1L, 2L, 0L), (node.Raft.HardState.Term, node.Raft.Log.LastIndex, node.Raft.CommitIndex));
        Assert.Empty(node.Outbox);
    }

    [Fact]
    public void Leader_ignores_answers_to_what_it_never_sent()
    {
        var leader = Make.SettledLeader();
        leader.Read(1);
        leader.Outbox.Clear();
        leader.Receive(Make.Ack(2, 1, match: 99));
        leader.Receive(Make.Ack(2, 1, match: 1, round: 99));
        leader.Receive(Make.PieceReply(2, 1, new SnapshotMark(50, 1), 0, isInstalled: true));
        Assert.Equal((3L, 1L), (leader.Raft.IgnoredMessages, leader.Raft.CommitIndex));
        Assert.Empty(leader.Reads);
    }

    [Fact]
    public void Nothing_drawn_at_random_makes_a_node_throw_or_go_back()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var chance = new Random(seed);
            var node = seed % 3 == 0 ? Make.SettledLeader(term: 1, log: [1, 1])
                : seed % 3 == 1 ? Make.Node(hardState: new HardState(2, null), log: [1, 1, 2]) : Make.Leader();
            try
            {
                for (var i = 0; i < 500; i++)
                {
                    var (term, commit) = (node.Raft.HardState.Term, node.Raft.CommitIndex);
                    node.Receive(Draw(chance, node));
                    Assert.True(node.Raft.HardState.Term >= term && node.Raft.CommitIndex >= commit);
                    node.Tick(chance.Next(3));
                    node.Outbox.Clear();
                }
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {seed}: {failure.Message}", failure);
            }
        }
    }

    private static RaftMessage Draw(Random chance, TestNode node)
    {
        // Mostly near what the node knows, so that not all is refused at the door.
        long Any() => chance.Next(4) switch
        {
            0 => _numbers[chance.Next(_numbers.Length)],
            1 => node.Raft.HardState.Term + chance.Next(2),
            2 => node.Raft.Log.LastIndex + chance.Next(-1, 2),
            _ => chance.Next(4),
        };
        var (from, term) = (chance.Next(1, 5), Any());
        var (mark, isTrue) = (new SnapshotMark(Any(), Any()), chance.Next(2) == 0);
        return chance.Next(10) switch
        {
            0 => Make.Vote(from, term, Any(), Any(), isTrue),
            1 => Make.PreVote(from, term, Any(), Any()),
            2 => new RequestVoteReply(Make.Id(from), Make.Id(1), term, isTrue, chance.Next(2) == 0),
            3 => new AppendEntriesReply(Make.Id(from), Make.Id(1), term, isTrue, Any(), Any(), Any(), Any()),
            4 => Make.Piece(from, term, mark, Any(), isTrue),
            5 => Make.PieceReply(from, term, mark, Any(), isTrue),
            6 => new ReadIndexRequest(Make.Id(from), Make.Id(1), term, Any()),
            7 => new ReadIndexReply(Make.Id(from), Make.Id(1), term, Any(), Any()),
            8 => new TimeoutNow(Make.Id(from), Make.Id(1), term),
            _ => DrawAppend(chance, from, term, Any(), Any()),
        };
    }

    private static AppendEntries DrawAppend(Random chance, int from, long term, long previous, long previousTerm)
    {
        var terms = Enumerable.Range(0, chance.Next(4)).Select(_ => (long)chance.Next(1, 4)).Order().ToArray();
        var first = chance.Next(5) == 0 ? chance.Next(9) : unchecked(previous + 1);
        var entries = Make.Entries(first, terms);
        return Make.Append(from, term, previous, previousTerm, entries, chance.Next(9), chance.Next(3));
    }
}
