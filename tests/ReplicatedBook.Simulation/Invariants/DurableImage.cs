using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Simulation.Disk;

namespace ReplicatedBook.Simulation.Invariants;

/// <summary>What a node's disk must hold by all that its storage has reported as written; survives the node's
/// crashes.</summary>
internal sealed class DurableImage
{
    private readonly List<PersistBatch> _unreported = [];
    private readonly List<(LogShape Log, SnapshotMark Snapshot)> _lost = []; // Before damage took something.
    private LogShape _log = new();
    private readonly List<(long Index, int Bytes)> _newest = []; // Entries of the last writes.
    private long _releasedBefore;

    /// <summary>Term and vote.</summary>
    public HardState HardState { get; private set; }

    /// <summary>Newest snapshot.</summary>
    public SnapshotMark Snapshot { get; private set; }

    /// <summary>Last entry.</summary>
    public long LastIndex => _log.LastIndex;

    /// <summary>The first entry that may stand in the sector in which the log's last group begins, or after
    /// it.</summary>
    public long TailFrom { get; private set; }

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
            NoteNewest(batch);
            _releasedBefore = Math.Max(_releasedBefore, batch.ReleaseBefore);
        }

        NoteTail();
        _unreported.Clear();
    }

    /// <summary>A snapshot was reported durable.</summary>
    public void SnapshotReported(SnapshotMark mark) => Snapshot = mark.Index > Snapshot.Index ? mark : Snapshot;

    /// <summary>From now on the disk holds what was found on it: opening makes all of it durable.</summary>
    public void Restart(RecoveredState found)
    {
        _unreported.Clear();
        _log.Restart(found);
        TailFrom = found.Wholeness == Wholeness.Repairing ? 0 : TailFrom; // What was kept was written as one group.
        _newest.RemoveAll(entry => entry.Index > _log.LastIndex);
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

    /// <summary>The first entry that must be found and was not; null when none is missing.</summary>
    /// <param name="found">What opening gave.</param>
    public long? FirstMissing(RecoveredState found)
    {
        // A truncation or reset under way may be on the disk already; what it takes away need not be found. Entries
        // that contradict a newer snapshot were never committed, and go with it.
        var mark = found.Snapshot;
        if (_unreported.Exists(batch => batch.ResetTo is not null)
            || (mark.Index > _log.Start && _log.TermAt(mark.Index) != mark.Term))
        {
            return null;
        }

        var cutFrom = _unreported.Where(batch => batch.TruncateFrom > 0)
            .Select(batch => batch.TruncateFrom).DefaultIfEmpty(long.MaxValue).Min();
        var last = Math.Min(LastIndex, cutFrom - 1);
        for (var index = Math.Max(Math.Max(_log.Start + 1, _releasedBefore), mark.Index + 1); index <= last; index++)
        {
            if (TermIn(found, index) != _log.TermAt(index))
            {
                return index;
            }
        }

        return null;
    }

    private static long TermIn(RecoveredState found, long index)
    {
        var position = found.Entries.Count > 0 ? index - found.Entries[0].Index : -1;
        return position >= 0 && position < found.Entries.Count ? found.Entries[(int)position].Term : 0;
    }

    private void RequireEntriesIn(RecoveredState found, string where)
    {
        var missing = FirstMissing(found);
        InvariantBrokenException.Require(
            missing is null,
            "durable-entries",
            () => $"{where} had entry {missing} of term {_log.TermAt(missing!.Value)} durable, the disk has term "
                + $"{TermIn(found, missing.Value)} there (0 is none), {found.Entries.Count} entries after "
                + $"{(found.Entries.Count > 0 ? found.Entries[0].Index - 1 : found.Snapshot.Index)} in all");
    }

    private void NoteNewest(PersistBatch batch)
    {
        if (batch.ResetTo is not null)
        {
            _newest.Clear();
        }

        if (batch.TruncateFrom > 0)
        {
            _newest.RemoveAll(entry => entry.Index >= batch.TruncateFrom);
        }

        _newest.AddRange(batch.Entries.Select(entry => (entry.Index, WalRecord.SizeOf(entry.Payload.Length))));
    }

    /// <summary>The last group begins with the first thing that was asked for; what ends less than a sector before it
    /// may share a sector with it.</summary>
    private void NoteTail()
    {
        if (!_unreported.Exists(
            batch => batch.Entries.Count > 0 || batch.TruncateFrom > 0 || batch.ResetTo is not null))
        {
            return; // No group: term and vote are elsewhere, and a commit index alone is not synced.
        }

        var begin = _unreported.Exists(batch => batch.ResetTo is not null)
            ? 0
            : _unreported.Select(batch => Math.Min(
                batch.TruncateFrom > 0 ? batch.TruncateFrom : long.MaxValue,
                batch.Entries.Count > 0 ? batch.Entries[0].Index : long.MaxValue)).Min();
        var (position, bytes) = (_newest.FindIndex(entry => entry.Index >= begin), 0);
        position = position < 0 ? _newest.Count : position;
        while (position > 0 && bytes < SimulatedContent.SectorBytes)
        {
            bytes += _newest[--position].Bytes;
        }

        TailFrom = position < _newest.Count ? Math.Min(begin, _newest[position].Index) : begin;
        _newest.RemoveRange(0, position);
    }
}
