namespace ReplicatedBook.Consensus.Log;

/// <summary>The log in memory: its entries, each reached by its index in constant time.</summary>
/// <remarks>It may begin before the snapshot's mark (entries kept for slow followers) and always reaches at least to
/// it. Not safe for several threads.</remarks>
internal sealed class RaftLog : ILogReader
{
    /// <summary>Term before the first entry held is not known (an index that was already gone at start).</summary>
    private const long UnknownTerm = -1;

    private readonly EntryPages _entries = new();
    private long _termBeforeFirst;

    /// <summary>Takes over what was recovered.</summary>
    /// <param name="snapshot">Mark of the snapshot.</param>
    /// <param name="entries">Consecutive; they begin at or before the index after the mark and end at or after the
    /// mark.</param>
    /// <exception cref="ArgumentException">They do not connect, or an entry contradicts the mark.</exception>
    public RaftLog(SnapshotMark snapshot, IReadOnlyList<LogEntry> entries)
    {
        Snapshot = snapshot;
        FirstIndex = entries.Count == 0 ? snapshot.Index + 1 : entries[0].Index;
        _termBeforeFirst = FirstIndex == snapshot.Index + 1 ? snapshot.Term : FirstIndex == 1 ? 0 : UnknownTerm;

        if (FirstIndex < 1 || FirstIndex > snapshot.Index + 1 || FirstIndex + entries.Count - 1 < snapshot.Index)
        {
            throw new ArgumentException("The entries do not connect to the snapshot.", nameof(entries));
        }

        var lastTerm = Math.Max(_termBeforeFirst, 0);
        foreach (var entry in entries)
        {
            if (entry.Index != FirstIndex + _entries.Count || entry.Term < Math.Max(lastTerm, 1))
            {
                throw new ArgumentException("Indexes have a gap, or terms go back.", nameof(entries));
            }

            lastTerm = entry.Term;
            Append(entry);
        }

        if (TermAt(snapshot.Index) != snapshot.Term)
        {
            throw new ArgumentException("The entry at the snapshot's mark has another term.", nameof(entries));
        }
    }

    /// <inheritdoc/>
    public SnapshotMark Snapshot { get; private set; }

    /// <inheritdoc/>
    public long FirstIndex { get; private set; }

    /// <inheritdoc/>
    public long LastIndex => FirstIndex + _entries.Count - 1;

    /// <inheritdoc/>
    public long LastTerm => _entries.Count == 0 ? Snapshot.Term : _entries[_entries.Count - 1].Term;

    /// <inheritdoc/>
    public long? TermAt(long index)
    {
        if (index >= FirstIndex)
        {
            return index <= LastIndex ? _entries[(int)(index - FirstIndex)].Term : null;
        }

        return index == FirstIndex - 1 && _termBeforeFirst != UnknownTerm ? _termBeforeFirst : null;
    }

    /// <inheritdoc/>
    public LogEntry EntryAt(long index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, FirstIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, LastIndex);
        return _entries[(int)(index - FirstIndex)];
    }

    /// <summary>Appends one entry, which must follow the last.</summary>
    public void Append(in LogEntry entry)
    {
        Invariant.Require(entry.Index == LastIndex + 1, "the log has no gaps");
        _entries.Add(in entry);
    }

    /// <summary>Removes this entry and all that follow it.</summary>
    public void TruncateFrom(long index)
    {
        Invariant.Require(index >= FirstIndex && index > Snapshot.Index, "what a snapshot contains is never truncated");
        _entries.RemoveFrom((int)Math.Min(index - FirstIndex, _entries.Count));
    }

    /// <summary>Follows on a newer snapshot and drops entries that no follower is expected to need.</summary>
    /// <param name="mark">Its last entry is in the log.</param>
    /// <param name="keepFrom">First index to keep; one past the mark at most.</param>
    public void Compact(SnapshotMark mark, long keepFrom)
    {
        Invariant.Require(TermAt(mark.Index) is not { } term || term == mark.Term, "a snapshot is of this log");
        Invariant.Require(mark.Index <= LastIndex, "a snapshot made here ends within the log");
        if (mark.Index > Snapshot.Index)
        {
            Snapshot = mark;
        }

        var dropped = (int)Math.Clamp(Math.Min(keepFrom, Snapshot.Index + 1) - FirstIndex, 0, _entries.Count);
        if (dropped == 0)
        {
            return;
        }

        _termBeforeFirst = _entries[dropped - 1].Term;
        _entries.RemoveFirst(dropped);
        FirstIndex += dropped;
    }

    /// <summary>Drops everything and goes on after a snapshot that was installed.</summary>
    public void ResetTo(SnapshotMark mark)
    {
        _entries.RemoveAll();
        _termBeforeFirst = mark.Term;
        Snapshot = mark;
        FirstIndex = mark.Index + 1;
    }

    /// <summary>How many entries from an index on fit into one message; at least one.</summary>
    /// <param name="from">First entry, held here.</param>
    /// <param name="maxEntries">Most entries.</param>
    /// <param name="maxBytes">Most payload bytes, except that one entry always fits.</param>
    /// <param name="bytes">Payload bytes of those that fit.</param>
    public int CountFitting(long from, int maxEntries, int maxBytes, out long bytes)
    {
        var position = (int)(from - FirstIndex);
        var available = Math.Min(maxEntries, _entries.Count - position);
        bytes = _entries[position].Payload.Length;
        for (var fitting = 1; fitting < available; fitting++)
        {
            var withNext = bytes + _entries[position + fitting].Payload.Length;
            if (withNext > maxBytes)
            {
                return fitting;
            }

            bytes = withNext;
        }

        return available;
    }

    /// <summary>Copies entries, so that a message keeps them whatever becomes of the log.</summary>
    public LogEntry[] Copy(long from, int count)
    {
        var copy = new LogEntry[count];
        _entries.CopyTo((int)(from - FirstIndex), copy);
        return copy;
    }

    /// <summary>Payload bytes of entries from one index to another, both included.</summary>
    public long PayloadBytes(long from, long to)
    {
        long bytes = 0;
        for (var index = Math.Max(from, FirstIndex); index <= to; index++)
        {
            bytes += _entries[(int)(index - FirstIndex)].Payload.Length;
        }

        return bytes;
    }

    /// <summary>First index from <paramref name="lowest"/> on whose term is at least this; LastIndex + 1 if none
    /// is.</summary>
    /// <remarks>Terms never fall along a log, so this is a binary search: backtracking costs little even over
    /// millions.</remarks>
    public long FirstIndexWithTermAtLeast(long term, long lowest)
    {
        var (low, high) = (Math.Max(lowest, FirstIndex), LastIndex + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (_entries[(int)(middle - FirstIndex)].Term >= term)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
