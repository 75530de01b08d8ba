using System.Buffers;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Simulation.Tests;

/// <summary>Turns of one replica that clusters come to seldom, step by step; its peers are played by the
/// test.</summary>
public sealed class ReplicaTurnTests
{
    private static readonly NodeId One = new("n1");
    private static readonly NodeId Two = new("n2");
    private static readonly NodeId Three = new("n3");
    private readonly Dictionary<long, Proposal> _answers = [];
    private readonly Replica _replica = new(
        new ReplicaOptions
        {
            Raft = new RaftConfig { Id = One, Seed = 1 },
            Bootstrap = Membership.OfVoters([One, Two, Three]),
            MaxEntryRecords = 64,
        },
        new RecoveredState(default, default, null, [], 0, 0),
        monotonic: 0,
        wall: 1);

    /// <summary>Terms in the log only rise, so a proposal of an earlier term than an applied entry's is lost, wherever
    /// it was to stand; it must not stand in the way of a later one.</summary>
    [Fact]
    public void A_proposal_is_answered_though_older_ones_were_to_stand_behind_it()
    {
        BecomeLeader(term: 1);
        for (var request = 1; request <= 8; request++)
        {
            Propose(request); // At 2 to 9, and nowhere else.
        }

        Turn(new AppendEntries(Two, One, 2, 1, 1, [new LogEntry(2, 2, EntryKind.NoOp, default)], 1, 0, 0));
        Turn(new TimeoutNow(Two, One, 2));
        Turn(new RequestVoteReply(Three, One, 3, IsGranted: true, IsPreVote: false)); // Its first entry is 3.
        Propose(100);

        Turn(new AppendEntriesReply(Three, One, 3, true, 4, 0, 0, 0));

        Assert.Equal(4, _replica.AppliedIndex);
        Assert.Equal(ProposalOutcome.Applied, _answers[100].Outcome);
        Assert.All(Enumerable.Range(1, 8), request =>
            Assert.Equal(ProposalOutcome.NotLeader, _answers[request].Outcome));
    }

    /// <summary>Entries that the next batch truncates must not be marked committed with the commit index of their
    /// successors: a crash between the two batches would bring them back as committed.</summary>
    [Fact]
    public void A_batch_knows_no_commit_index_from_after_a_truncation()
    {
        Turn(new AppendEntries(Two, One, 1, 0, 0, [new LogEntry(1, 1, EntryKind.NoOp, default)], 1, 0, 0));
        _replica.Receive(new AppendEntries(
            Two, One, 1, 1, 1, [.. Enumerable.Range(2, 3).Select(i => new LogEntry(i, 1, EntryKind.NoOp, default))],
            1, 0, 0));
        _replica.Receive(new AppendEntries(
            Three, One, 2, 1, 1, [new LogEntry(2, 2, EntryKind.NoOp, default)], 2, 0, 0));

        var batches = _replica.Flush().Persist;

        Assert.Equal([1L, 2L], batches.Select(batch => batch.CommitIndex));
        Assert.Equal([0L, 2L], batches.Select(batch => batch.TruncateFrom));
    }

    /// <summary>An entry is written, cut off and appended again while the first write is under way (etcd-raft's ABA
    /// race): the end of that write says nothing of the entry, since the cut behind it may be all that survives a
    /// crash.</summary>
    [Fact]
    public void The_end_of_a_write_proves_nothing_of_an_entry_that_was_cut_off_since()
    {
        var first = new LogEntry(1, 1, EntryKind.NoOp, default);
        var again = new LogEntry(2, 1, EntryKind.NoOp, default);
        Take(new AppendEntries(Two, One, 1, 0, 0, [first, again], 0, 0, 0));
        Take(new AppendEntries(Three, One, 2, 1, 1, [new LogEntry(2, 2, EntryKind.NoOp, default)], 0, 0, 0));
        Take(new AppendEntries(Two, One, 3, 1, 1, [again], 2, 0, 0));

        _replica.Persisted(1);
        _replica.Flush();
        Assert.Equal(1, _replica.AppliedIndex);

        _replica.Persisted(3);
        _replica.Flush();
        Assert.Equal(2, _replica.AppliedIndex);
    }

    /// <summary>A read barrier may be confirmed before this node's own disk has what it must apply first.</summary>
    [Fact]
    public void A_strong_read_waits_until_its_index_is_applied()
    {
        BecomeLeader(term: 1);
        _replica.Propose(1, Command(), ProposalWait.Applied);
        var unwritten = _replica.Flush().Persist.Single().Sequence;
        _replica.ClearOutput();
        Take(new AppendEntriesReply(Two, One, 1, true, 2, 0, 0, 0));
        Take(new AppendEntriesReply(Three, One, 1, true, 2, 0, 0, 0));
        _replica.ReadBarrier(7);
        _replica.ReadBarrier(8);
        Assert.Empty(Take(new AppendEntriesReply(Two, One, 1, true, 2, 0, 0, ReadRound: 1)));
        Assert.Empty(Take(new AppendEntriesReply(Two, One, 1, true, 2, 0, 0, ReadRound: 2)));
        Assert.Equal(1, _replica.AppliedIndex);

        _replica.Persisted(unwritten);

        Assert.Equal([7L, 8L], _replica.Flush().Reads.Select(read => read.RequestId));
        Assert.Equal(2, _replica.AppliedIndex);
    }

    private void BecomeLeader(long term)
    {
        while (_replica.Raft.Role == Role.Follower)
        {
            _replica.Tick();
            EndTurn();
        }

        Turn(new RequestVoteReply(Two, One, term, IsGranted: true, IsPreVote: true));
        Turn(new RequestVoteReply(Two, One, term, IsGranted: true, IsPreVote: false));
        Turn(new AppendEntriesReply(Two, One, term, true, 1, 0, 0, 0));
        Assert.Equal((Role.Leader, 1L), (_replica.Raft.Role, _replica.AppliedIndex));
    }

    private void Propose(long request)
    {
        _replica.Propose(request, Command(), ProposalWait.Applied);
        EndTurn();
    }

    private void Turn(RaftMessage message)
    {
        _replica.Receive(message);
        EndTurn();
    }

    /// <summary>Ends the turn without a finished write; gives the reads that were answered.</summary>
    private List<ReadResult> Take(RaftMessage message)
    {
        _replica.Receive(message);
        List<ReadResult> reads = [.. _replica.Flush().Reads];
        _replica.ClearOutput();
        return reads;
    }

    /// <summary>Ends the turn; all that was to be written is written at once.</summary>
    private void EndTurn()
    {
        for (var output = _replica.Flush(); ; output = _replica.Flush())
        {
            output.Proposals.ForEach(completed => _answers.Add(completed.RequestId, completed.Proposal));
            var written = output.Persist.Count > 0 ? output.Persist[^1].Sequence : 0;
            _replica.ClearOutput();
            if (written == 0)
            {
                return;
            }

            _replica.Persisted(written);
        }
    }

    private static byte[] Command()
    {
        var destination = new ArrayBufferWriter<byte>();
        CommandCodec.Write(destination, default(CommandHeader), new CreateAccount("anyone"));
        return destination.WrittenSpan.ToArray();
    }
}
