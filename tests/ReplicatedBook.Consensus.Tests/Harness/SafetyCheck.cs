using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Consensus.Tests.Harness;

/// <summary>The safety properties of the Raft paper, figure 3, held against every step of every node.</summary>
internal sealed class SafetyCheck(IReadOnlyList<TestNode> nodes)
{
    private readonly Dictionary<long, NodeId> _leaders = [];
    private readonly List<LogEntry> _committed = []; // Position i holds index i + 1.
    private readonly Dictionary<NodeId, (long Term, long Commit)> _seen = [];

    public long CommittedIndex => _committed.Count;

    public IReadOnlyList<LogEntry> Committed => _committed;

    public void After(TestNode node)
    {
        var raft = node.Raft;
        if (raft.Role == Role.Leader && _leaders.TryAdd(raft.HardState.Term, node.Id))
        {
            RequireLeaderCompleteness(raft);
        }

        if (raft.Role == Role.Leader)
        {
            Assert.Equal(_leaders[raft.HardState.Term], node.Id); // Election safety.
        }

        var seen = _seen.GetValueOrDefault(node.Id);
        Assert.True(raft.HardState.Term >= seen.Term, "a term went back");
        RequireSameCommitted(raft, seen.Commit);
        _seen[node.Id] = (raft.HardState.Term, raft.CommitIndex);
        Assert.Equal(0, raft.Contradictions);
    }

    /// <summary>A restarted node may have forgotten what it knew, but only what was never durable.</summary>
    public void Restarted(TestNode node) => _seen[node.Id] = (node.Disk.HardState.Term, node.Raft.CommitIndex);

    /// <summary>Log matching: where two logs have one term at one index they are equal up to there.</summary>
    public void RequireLogMatching()
    {
        foreach (var first in nodes)
        {
            foreach (var second in nodes)
            {
                var (one, other) = (first.Raft.Log, second.Raft.Log);
                var from = Math.Max(one.FirstIndex, other.FirstIndex);
                var isMatching = false;
                for (var index = Math.Min(one.LastIndex, other.LastIndex); index >= from; index--)
                {
                    isMatching |= one.TermAt(index) == other.TermAt(index);
                    Assert.True(!isMatching || one.EntryAt(index).Equals(other.EntryAt(index))
                        || one.EntryAt(index).Payload.Span.SequenceEqual(other.EntryAt(index).Payload.Span));
                    Assert.True(!isMatching || one.TermAt(index) == other.TermAt(index), "logs differ below a match");
                }
            }
        }
    }

    private void RequireLeaderCompleteness(RaftNode leader)
    {
        for (var index = leader.Log.FirstIndex; index <= _committed.Count; index++)
        {
            var term = _committed[(int)index - 1].Term;
            Assert.True(leader.Log.TermAt(index) == term, "a leader lacks a committed entry");
        }
    }

    private void RequireSameCommitted(RaftNode raft, long checkedUpTo)
    {
        for (var index = checkedUpTo + 1; index <= raft.CommitIndex; index++)
        {
            if (index > _committed.Count)
            {
                var entry = raft.Log.EntryAt(index);
                var holders = nodes.Count(node => raft.Membership.IsVoter(node.Id) && node.Disk.Holds(entry));
                Assert.True(holders > raft.Membership.VoterCount / 2, "committed without a durable majority");
                _committed.Add(entry);
            }
            else if (raft.Log.TermAt(index) is { } term)
            {
                Assert.Equal(_committed[(int)index - 1].Term, term); // State machine safety.
            }
        }
    }
}
