using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Agreements;

/// <summary>Goal: a node that is told what cannot be stops, and says so to those who wait. Method: one replica, its
/// peers played by the test.</summary>
public sealed class ContradictionTests
{
    private static readonly NodeId One = new("n1");
    private static readonly NodeId Two = new("n2");
    private static readonly NodeId Three = new("n3");

    private readonly Replica _replica = new(
        new ReplicaOptions
        {
            Raft = new RaftConfig { Id = One, Seed = 1 },
            Bootstrap = Membership.OfVoters([One, Two, Three]),
        },
        new RecoveredState(default, default, null, [], 0, 0), monotonic: 0, wall: 1);

    [Fact]
    public void Another_entry_where_one_is_committed_stops_the_node()
    {
        Take(Append(Two, term: 1, entryTerm: 1, commit: 1));
        Assert.Equal(1, _replica.AppliedIndex);

        var output = Take(Append(Three, term: 2, entryTerm: 2, commit: 1));

        Assert.Equal(DivergenceCause.Contradiction, _replica.Divergence!.Cause);
        Assert.Empty(output.Messages);
        Assert.Empty(output.Persist);
        RequireSilent();
    }

    [Fact]
    public void A_second_leader_of_one_term_stops_the_node()
    {
        Take(Append(Two, term: 1, entryTerm: 1, commit: 0));

        Take(Append(Three, term: 1, entryTerm: 1, commit: 0));

        Assert.Equal(DivergenceCause.Contradiction, _replica.Divergence!.Cause);
        RequireSilent();
    }

    private void RequireSilent()
    {
        for (var tick = 0; tick < 200; tick++)
        {
            _replica.Tick();
        }

        _replica.Propose(1, [0xC0], ProposalWait.Applied);
        _replica.ReadBarrier(2);
        _replica.Receive(new RequestVote(Two, One, 9, 50, 8, IsPreVote: false, IsTransfer: true));
        _replica.TakeSnapshot();
        var output = _replica.Flush();

        Assert.Empty(output.Messages);
        Assert.Empty(output.Persist);
        Assert.Empty(output.Snapshots);
        Assert.Equal(ProposalOutcome.NotLeader, Assert.Single(output.Proposals).Proposal.Outcome);
        Assert.Equal(new ReadResult(2, -1), Assert.Single(output.Reads));
    }

    private ReplicaOutput Take(RaftMessage message)
    {
        _replica.Receive(message);
        var output = _replica.Flush();
        while (output.Persist.Count > 0)
        {
            var written = output.Persist[^1].Sequence;
            _replica.ClearOutput();
            _replica.Persisted(written);
            output = _replica.Flush();
        }

        return output;
    }

    private static AppendEntries Append(NodeId from, long term, long entryTerm, long commit) => new(
        from, One, term, 0, 0, [new LogEntry(1, entryTerm, EntryKind.NoOp, default)], commit, 0, 0);
}
