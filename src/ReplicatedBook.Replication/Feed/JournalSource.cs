using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication.Feed;

/// <summary>Where the journal finds what it lacks: snapshots, and the log as it was found at the start or as it is
/// now. For the journal's thread.</summary>
internal sealed class JournalSource
{
    private readonly ReplicaStorage _storage;
    private readonly Func<long, long, PastLog?> _present;
    private readonly long _applied;
    private IReadOnlyList<LogEntry>? _found;

    /// <summary>A source.</summary>
    /// <param name="storage">Whose snapshots.</param>
    /// <param name="found">The log as found at the start.</param>
    /// <param name="applied">What was applied of it at once; what lies beyond may never be committed.</param>
    /// <param name="present">Asks the replica for its log, from a snapshot at or before an index to another index; null
    /// when it no longer reaches back that far, or has stopped.</param>
    public JournalSource(
        ReplicaStorage storage, IReadOnlyList<LogEntry> found, long applied, Func<long, long, PastLog?> present)
    {
        _applied = applied;
        _storage = storage;
        _present = present;
        _found = found;
        OldestNeeded = found.Count == 0 ? NewestSnapshot : OldestThatConnects(found[0].Index);
    }

    /// <summary>The journal must begin after this index, or earlier: the oldest snapshot that the log found at the
    /// start goes on from; 0 for the beginning.</summary>
    public long OldestNeeded { get; }

    /// <summary>Index of the newest snapshot; 0 without one.</summary>
    public long NewestSnapshot => _storage.Snapshots is [var newest, ..] ? newest.Mark.Index : 0;

    /// <summary>Up to this index nothing is needed any more: the older of two snapshots; 0 before there are
    /// two.</summary>
    public long Released => _storage.Snapshots is [_, .., var oldest] ? oldest.Mark.Index : 0;

    /// <summary>The log from a snapshot at or before one index to another.</summary>
    /// <returns>Null when there is none without a gap.</returns>
    public PastLog? Log(long from, long to)
    {
        if (_found is [var first, ..] && to <= _applied)
        {
            foreach (var (mark, _) in _storage.Snapshots)
            {
                if (mark.Index <= from && mark.Index + 1 >= first.Index)
                {
                    return new PastLog(mark, _found);
                }
            }

            if (first.Index == 1)
            {
                return new PastLog(default, _found);
            }
        }

        return _present(from, to);
    }

    /// <summary>The log as found at the start is not needed any more.</summary>
    public void ForgetFound() => _found = null;

    private long OldestThatConnects(long first)
    {
        var oldest = first == 1 ? 0 : NewestSnapshot;
        foreach (var (mark, _) in _storage.Snapshots)
        {
            oldest = mark.Index + 1 >= first ? Math.Min(oldest, mark.Index) : oldest;
        }

        return Math.Max(oldest, Released);
    }
}
