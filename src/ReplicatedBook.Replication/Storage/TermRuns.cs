using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>Which term each entry of the log has, kept as runs: one element per election, not per entry.</summary>
internal sealed class TermRuns
{
    private readonly List<(long First, long Term)> _runs = [];

    public TermRuns(SnapshotMark start)
    {
        Start = start;
        Last = start;
    }

    /// <summary>What the log's first entry follows.</summary>
    public SnapshotMark Start { get; private set; }

    /// <summary>The last entry; <see cref="Start"/> when there is none.</summary>
    public SnapshotMark Last { get; private set; }

    /// <summary>Adds the next entry.</summary>
    public void Append(long index, long term)
    {
        if (Last == Start || term != Last.Term)
        {
            _runs.Add((index, term));
        }

        Last = new SnapshotMark(index, term);
    }

    /// <summary>An entry's index and term.</summary>
    /// <param name="index">From that of <see cref="Start"/> to that of <see cref="Last"/>.</param>
    public SnapshotMark MarkAt(long index)
    {
        for (var i = _runs.Count - 1; i >= 0; i--)
        {
            if (_runs[i].First <= index)
            {
                return new SnapshotMark(index, _runs[i].Term);
            }
        }

        return Start;
    }

    /// <summary>Removes all entries after an index that is not before <see cref="Start"/>.</summary>
    public void KeepUpTo(long index)
    {
        while (_runs.Count > 0 && _runs[^1].First > index)
        {
            _runs.RemoveAt(_runs.Count - 1);
        }

        Last = MarkAt(index);
    }

    /// <summary>Forgets all entries.</summary>
    public void Reset(SnapshotMark start)
    {
        _runs.Clear();
        Start = start;
        Last = start;
    }
}
