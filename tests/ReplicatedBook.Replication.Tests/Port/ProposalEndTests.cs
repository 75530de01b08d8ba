using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>Goal: who proposed to a leader that lost the lead is told exactly what is known, and soon. Method: one
/// replica, its peers played by the test.</summary>
[Trait("Scenario", "40 proposals_fail_with_unknown_or_notleader_exactly")]
public sealed class ProposalEndTests
{
    private const int ElectionTicks = 25;
    private const int First = 2; // Index of the first proposal, after the entry that begins the term.

    private static readonly NodeId One = new("n1");
    private static readonly NodeId Two = new("n2");
    private static readonly NodeId Three = new("n3");

    private readonly Dictionary<long, ProposalOutcome> _answers = [];
    private readonly Replica _replica = new(
        new ReplicaOptions
        {
            Raft = new RaftConfig { Id = One, Seed = 1, ElectionTicks = ElectionTicks },
            Bootstrap = Membership.OfVoters([One, Two, Three]),
        },
        new RecoveredState(default, default, null, [], 0, 0), monotonic: 0, wall: 1);

    public ProposalEndTests()
    {
        while (_replica.Raft.Role == Role.Follower)
        {
            Tick();
        }

        Turn(new RequestVoteReply(Two, One, 1, IsGranted: true, IsPreVote: true));
        Turn(new RequestVoteReply(Two, One, 1, IsGranted: true, IsPreVote: false));
        Turn(new AppendEntriesReply(Two, One, 1, true, 1, 0, 0, 0));
        Propose(1);
        Propose(2);
        Assert.Equal((Role.Leader, First + 1), (_replica.Raft.Role, (int)_replica.Raft.Log.LastIndex));
        Assert.Empty(_answers);
    }

    [Fact]
    public void Of_whom_nothing_more_is_heard_the_end_is_unknown()
    {
        var ticks = 0;
        for (; _answers.Count == 0; ticks++)
        {
            Tick();
        }

        Assert.InRange(ticks, 2 * ElectionTicks, (4 * ElectionTicks) + 1); // It led in vain, and then waited for news.
        Assert.Equal([ProposalOutcome.Unknown, ProposalOutcome.Unknown], _answers.Values);
    }

    [Fact]
    public void Whose_place_another_entry_takes_was_surely_not_executed_once_that_is_committed()
    {
        var others = new LogEntry(First, 2, EntryKind.NoOp, default);
        Turn(new AppendEntries(Two, One, 2, 1, 1, [others], 1, 0, 0));
        Assert.Empty(_answers); // Yet another leader may bring back what was here.

        Turn(new AppendEntries(Two, One, 2, First, 2, [], First, 0, 0));
        Assert.Equal([ProposalOutcome.NotLeader, ProposalOutcome.NotLeader], _answers.Values);
    }

    [Fact]
    public void Whose_entry_the_next_leader_commits_is_applied()
    {
        Turn(new AppendEntries(
            Two, One, 2, First + 1, 1, [new LogEntry(First + 2, 2, EntryKind.NoOp, default)], First + 2, 0, 0));
        Assert.Equal([ProposalOutcome.Applied, ProposalOutcome.Applied], _answers.Values);
    }

    [Fact]
    public void Who_comes_after_the_lead_was_lost_is_refused_at_once()
    {
        Turn(new AppendEntries(Two, One, 2, First + 1, 1, [], 1, 0, 0));
        Propose(3);
        Assert.Equal(ProposalOutcome.NotLeader, Assert.Single(_answers).Value);
    }

    private void Propose(long request)
    {
        _replica.Propose(request, Commands.CreateAsset($"A{request}", 2), ProposalWait.Applied);
        EndTurn();
    }

    private void Tick()
    {
        _replica.Tick();
        EndTurn();
    }

    private void Turn(RaftMessage message)
    {
        _replica.Receive(message);
        EndTurn();
    }

    /// <summary>Ends the turn; all that was to be written is written at once.</summary>
    private void EndTurn()
    {
        for (var written = -1L; written != 0;)
        {
            var output = _replica.Flush();
            output.Proposals.ForEach(completed => _answers.Add(completed.RequestId, completed.Proposal.Outcome));
            written = output.Persist.Count > 0 ? output.Persist[^1].Sequence : 0;
            _replica.ClearOutput();
            if (written > 0)
            {
                _replica.Persisted(written);
            }
        }
    }
}
