using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Simulation.Invariants;

/// <summary>What a node's disk must hold by all that its storage has reported as written; survives the node's
/// crashes.</summary>
internal sealed class DurableImage
{
    private readonly List<PersistBatch> _unreported = [];
    private readonly List<(LogShape Log, SnapshotMark Snapshot)> _lost = []; // Before damage took something.
    private LogShape _log = new();
    private long _releasedBefore;

    /// <summary>Term and vote.</summary>
    public HardState HardState { get; private set; }

    /// <summary>Newest snapshot.</summary>
    public SnapshotMark Snapshot { get; private set; }

    /// <summary>Last entry.</summary>
    public long LastIndex => _log.LastIndex;

    /// <summary>Whether an entry, or a snapshot that contains it, is durable, or was before damage took it: whoever
    /// counted its acknowledgement could not know.</summary>
    public bool Holds(long index, long term) => index <= Snapshot.Index || _log.TermAt(index) == term
        || _lost.Exists(lost => index <= lost.Snapshot.Index || lost.Log.TermAt(index) == term);

    /// <summary>Damage has taken what was durable.</summary>
    public void Lose()
    {
        _lost.Add((_log, Snapshot));
        _log = new LogShape();
    }

    /// <summary>A write has begun; until it is reported, any part of it may be on the disk.</summary>
    public void WriteBegun(IReadOnlyList<PersistBatch> batches) => _unreported.AddRange(batches);

    /// <summary>The write that had begun was reported done.</summary>
    public void WriteReported()
    {
        foreach (var batch in _unreported)
        {
            HardState = batch.HardState ?? HardState;
            _log.Apply(batch);
            _releasedBefore = Math.Max(_releasedBefore, batch.ReleaseBefore);
        }

        _unreported.Clear();
    }

    /// <summary>A snapshot was reported durable.</summary>
    public void SnapshotReported(SnapshotMark mark) => Snapshot = mark.Index > Snapshot.Index ? mark : Snapshot;

    /// <summary>From now on the disk holds what was found on it: opening makes all of it durable.</summary>
    public void Restart(RecoveredState found)
    {
        _unreported.Clear();
        _log.Restart(found);
        (HardState, Snapshot, _releasedBefore) = (found.HardState, found.Snapshot, 0);
    }

    /// <summary>Compares with what was found on the disk.</summary>
    /// <param name="found">What opening gave.</param>
    /// <param name="where">For people.</param>
    /// <param name="mayLoseSnapshot">Whether an older snapshot will do, with the log that follows on it.</param>
    public void RequireIn(RecoveredState found, string where, bool mayLoseSnapshot = false)
    {
        RequireVoteIn(found, where);
        InvariantBrokenException.Require(
            mayLoseSnapshot || found.Snapshot.Index >= Snapshot.Index,
            "durable-snapshot",
            () => $"{where} had {Snapshot} durable, the disk has {found.Snapshot}");
        RequireEntriesIn(found, where);
    }

    /// <summary>Compares term and vote only.</summary>
    public void RequireVoteIn(RecoveredState found, string where)
    {
        InvariantBrokenException.Require(
            found.HardState.Term > HardState.Term
                || (found.HardState.Term == HardState.Term
                    && (HardState.VotedFor is null || found.HardState.VotedFor == HardState.VotedFor)),
            "durable-term-and-vote",
            () => $"{where} had {HardState} durable, the disk has {found.HardState}");
    }

    private void RequireEntriesIn(RecoveredState found, string where)
    {
        // A truncation or reset under way may be on the disk already; what it takes away need not be found. Entries
        // that contradict a newer snapshot were never committed, and go with it.
        var mark = found.Snapshot;
        if (_unreported.Exists(batch => batch.ResetTo is not null)
            || (mark.Index > _log.Start && _log.TermAt(mark.Index) != mark.Term))
        {
            return;
        }

        var cutFrom = _unreported.Where(batch => batch.TruncateFrom > 0)
            .Select(batch => batch.TruncateFrom).DefaultIfEmpty(long.MaxValue).Min();
        var last = Math.Min(LastIndex, cutFrom - 1);
        var foundStart = found.Entries.Count > 0 ? found.Entries[0].Index - 1 : mark.Index;
        for (var index = Math.Max(Math.Max(_log.Start + 1, _releasedBefore), mark.Index + 1); index <= last; index++)
        {
            var position = index - foundStart - 1;
            var term = position >= 0 && position < found.Entries.Count ? found.Entries[(int)position].Term : 0;
            InvariantBrokenException.Require(
                term == _log.TermAt(index),
                "durable-entries",
                () => $"{where} had entry {index} of term {_log.TermAt(index)} durable, the disk has term {term} there "
                    + $"(0 is none), {found.Entries.Count} entries after {foundStart} in all");
        }
    }
}
