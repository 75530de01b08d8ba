using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Consensus.Tests.Harness;

/// <summary>What survives a crash: only what a finished write put here.</summary>
internal sealed class TestDisk
{
    private readonly Dictionary<SnapshotMark, Membership> _memberships = [];
    private readonly HashSet<(long Index, long Term)> _lost = [];

    public HardState HardState { get; private set; }

    /// <summary>That of the snapshot; without one that of the start.</summary>
    public Membership? Membership { get; set; }

    public Wholeness Wholeness { get; set; }

    public SnapshotMark Snapshot { get; private set; }

    public List<LogEntry> Entries { get; } = [];

    public long CommitIndex { get; private set; }

    public long LastIndex => Entries.Count == 0 ? Snapshot.Index : Entries[^1].Index;

    public void Write(TestWrite write)
    {
        HardState = write.HardState ?? HardState;
        if (write.ResetLogTo is { } mark)
        {
            Entries.Clear();
            Snapshot = mark;
            Membership = _memberships[mark];
        }

        if (write.TruncateFrom > 0)
        {
            Entries.RemoveAll(entry => entry.Index >= write.TruncateFrom);
        }

        foreach (var entry in write.Entries)
        {
            Assert.Equal(LastIndex + 1, entry.Index); // The effects alone must keep the file without gaps.
            Entries.Add(entry);
        }

        CommitIndex = Math.Max(CommitIndex, Math.Min(write.CommitIndex, LastIndex));
    }

    public Membership MembershipOf(SnapshotMark mark) => _memberships[mark];

    public void NoteMembership(SnapshotMark mark, Membership membership) => _memberships[mark] = membership;

    public void SaveSnapshot(SnapshotMark mark, long keepFrom, Membership membership)
    {
        _memberships[mark] = membership;
        (Snapshot, Membership) = mark.Index > Snapshot.Index ? (mark, membership) : (Snapshot, Membership);
        Entries.RemoveAll(entry => entry.Index < Math.Min(keepFrom, Snapshot.Index + 1));
    }

    /// <summary>Loses entries from an index on; term and vote stay, and what is missing is known to be.</summary>
    public void Damage(long from)
    {
        Assert.True(from > Snapshot.Index, "a snapshot is damaged as a whole or not at all");
        _lost.UnionWith(Entries.Where(entry => entry.Index >= from).Select(entry => (entry.Index, entry.Term)));
        Entries.RemoveAll(entry => entry.Index >= from);
        CommitIndex = Math.Min(CommitIndex, LastIndex);
        Wholeness = Wholeness.Repairing;
    }

    /// <summary>A disk with a term and a log, which is told as the terms of its entries from index 1.</summary>
    public static TestDisk With(HardState hardState, params long[] terms)
    {
        var disk = new TestDisk { HardState = hardState };
        disk.Entries.AddRange(Make.Entries(1, terms));
        return disk;
    }

    /// <summary>Whether an entry is here, or was when it was damaged: a leader may still count it then.</summary>
    public bool Holds(LogEntry entry) => entry.Index <= Snapshot.Index
        || Entries.Exists(held => held.Index == entry.Index && held.Term == entry.Term)
        || _lost.Contains((entry.Index, entry.Term));
}
