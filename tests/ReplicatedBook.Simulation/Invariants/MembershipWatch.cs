using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Nodes;

namespace ReplicatedBook.Simulation.Invariants;

/// <summary>Changes of the membership by the rules of Ongaro 2014, chapter 4, and its erratum of 2015.</summary>
internal static class MembershipWatch
{
    /// <summary>A node asks for an entry to be written.</summary>
    public static void Written(World world, SimulatedNode node, in LogEntry entry)
    {
        var raft = node.Replica.Raft;
        if (entry.Kind != EntryKind.Configuration || raft.Role != Role.Leader || entry.Term != raft.HardState.Term)
        {
            return;
        }

        var (index, earlier) = (entry.Index, NewestBefore(raft.Log, entry.Index));
        world.Counters.Count(Sometimes.MembershipEntries);
        world.Counters.Count(Sometimes.LeadersRemovingThemselves, raft.Membership.IsVoter(node.Id) ? 0 : 1);
        InvariantBrokenException.Require(
            raft.Log.TermAt(raft.CommitIndex) == entry.Term, "changes-follow-a-commit",
            () => $"{node.Id} changes the membership at {index} before an entry of its term is committed");
        InvariantBrokenException.Require(
            earlier <= raft.CommitIndex, "one-change-at-a-time",
            () => $"{node.Id} changes the membership at {index}, the change at {earlier} is not committed");
    }

    /// <summary>A node begins to lead: the newest membership in its log counts, committed or not.</summary>
    public static void Elected(SimulatedNode node)
    {
        var raft = node.Replica.Raft;
        var newest = NewestBefore(raft.Log, raft.Log.LastIndex + 1);
        if (newest <= raft.Log.Snapshot.Index)
        {
            return;
        }

        var expected = raft.Log.EntryAt(newest).Payload.Span;
        InvariantBrokenException.Require(
            raft.Membership.ToBytes().AsSpan().SequenceEqual(expected), "newest-membership-counts",
            () => $"{node.Id} leads by another membership than that at {newest} in its log");
    }

    private static long NewestBefore(ILogReader log, long index)
    {
        for (var i = index - 1; i >= log.FirstIndex; i--)
        {
            if (log.EntryAt(i).Kind == EntryKind.Configuration)
            {
                return i;
            }
        }

        return 0;
    }
}
