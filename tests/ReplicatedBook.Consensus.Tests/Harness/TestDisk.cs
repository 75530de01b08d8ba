using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Consensus.Tests.Harness;

/// <summary>What survives a crash: only what a finished write put here.</summary>
internal sealed class TestDisk
{
    public HardState HardState { get; private set; }

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

    public void SaveSnapshot(SnapshotMark mark, long keepFrom)
    {
        Snapshot = mark.Index > Snapshot.Index ? mark : Snapshot;
        Entries.RemoveAll(entry => entry.Index < Math.Min(keepFrom, Snapshot.Index + 1));
    }

    /// <summary>A disk with a term and a log, which is told as the terms of its entries from index 1.</summary>
    public static TestDisk With(HardState hardState, params long[] terms)
    {
        var disk = new TestDisk { HardState = hardState };
        disk.Entries.AddRange(Make.Entries(1, terms));
        return disk;
    }

    public bool Holds(LogEntry entry) => entry.Index <= Snapshot.Index
        || Entries.Exists(held => held.Index == entry.Index && held.Term == entry.Term);
}
