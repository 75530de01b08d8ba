using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Replication.Storage;

/// <summary>The log as the records read so far make it.</summary>
internal sealed class LogReplay
{
    /// <summary>Begins with what the header of the oldest segment says of the log before it.</summary>
    public LogReplay(in SegmentHeader first)
    {
        Start = first.Last;
        CommitIndex = first.CommitIndex;
    }

    /// <summary>What the first entry follows.</summary>
    public SnapshotMark Start { get; private set; }

    /// <summary>Entries after <see cref="Start"/>, consecutive.</summary>
    public List<LogEntry> Entries { get; } = [];

    /// <summary>Highest commit index read.</summary>
    public long CommitIndex { get; private set; }

    /// <summary>The last entry, or <see cref="Start"/>.</summary>
    public SnapshotMark Last => Entries.Count == 0 ? Start : new SnapshotMark(Entries[^1].Index, Entries[^1].Term);

    /// <summary>Term of an entry or of <see cref="Start"/>; null where there is none.</summary>
    public long? TermAt(long index) =>
        index == Start.Index ? Start.Term
        : index > Start.Index && index <= Last.Index ? Entries[(int)(index - Start.Index - 1)].Term
        : null;

    /// <summary>Does what a record says.</summary>
    /// <returns>Null; or what is wrong, when no writer writes such a record here.</returns>
    public string? Apply(in WalRecord record, ReadOnlyMemory<byte> payload)
    {
        switch (record.Type)
        {
            case RecordType.Entry: return Append(in record, payload);
            case RecordType.Truncate: return Truncate(new SnapshotMark(record.Index, record.Term));
            case RecordType.Reset:
                Entries.Clear();
                Start = new SnapshotMark(record.Index, record.Term);
                CommitIndex = Math.Max(CommitIndex, record.Index);
                return null;
            case RecordType.Commit when record.Index > Last.Index || record.Index < CommitIndex:
                return $"commit index {record.Index} after {CommitIndex} in a log that ends at {Last.Index}";
            case RecordType.Commit:
                CommitIndex = record.Index;
                return null;
            default:
                return null; // Synced and NextSegment say nothing about entries.
        }
    }

    private string? Append(in WalRecord record, ReadOnlyMemory<byte> payload)
    {
        if (record.Index != Last.Index + 1 || record.Term < Last.Term)
        {
            return $"entry {record.Index} of term {record.Term} after {Last.Index} of term {Last.Term}";
        }

        Entries.Add(new LogEntry(record.Index, record.Term, record.Kind, payload));
        return null;
    }

    private string? Truncate(SnapshotMark keep)
    {
        if (keep.Index < CommitIndex && keep.Index >= Start.Index)
        {
            return $"truncation after {keep.Index} of a log that is committed up to {CommitIndex}";
        }

        if (keep.Index < Start.Index)
        {
            // Only entries of a released segment are gone as well: a reset must follow, or opening finds that nothing
            // connects.
            Entries.Clear();
            Start = keep;
            return null;
        }

        if (TermAt(keep.Index) != keep.Term)
        {
            return $"truncation after {keep.Index} of term {keep.Term}, which the log does not hold";
        }

        Entries.RemoveRange((int)(keep.Index - Start.Index), (int)(Last.Index - keep.Index));
        return null;
    }
}
