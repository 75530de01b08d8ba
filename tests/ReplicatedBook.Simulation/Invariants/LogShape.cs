using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Simulation.Invariants;

/// <summary>Terms of a node's log, kept by what the node asked to be written.</summary>
internal sealed class LogShape
{
    private readonly List<long> _terms = [];
    private SnapshotMark? _reset; // What the log follows on, where that is known.

    /// <summary>Index before the first entry held.</summary>
    public long Start { get; private set; }

    /// <summary>Last entry; <see cref="Start"/> when there is none.</summary>
    public long LastIndex => Start + _terms.Count;

    /// <summary>Term of an entry, or of the snapshot just before the first; null when it is not known.</summary>
    public long? TermAt(long index) =>
        index > Start && index <= LastIndex ? _terms[(int)(index - Start - 1)]
        : index == 0 ? 0
        : _reset is { } mark && mark.Index == index ? mark.Term : null;

    /// <summary>Begins anew with what a disk held.</summary>
    public void Restart(RecoveredState found)
    {
        _terms.Clear();
        _terms.AddRange(found.Entries.Select(entry => entry.Term));
        Start = found.Entries.Count > 0 ? found.Entries[0].Index - 1 : found.Snapshot.Index;
        _reset = found.Snapshot;
    }

    /// <summary>Does what a batch asks for.</summary>
    public void Apply(PersistBatch batch)
    {
        if (batch.ResetTo is { } mark)
        {
            _terms.Clear();
            (Start, _reset) = (mark.Index, mark);
        }

        if (batch.TruncateFrom > 0)
        {
            InvariantBrokenException.Require(
                batch.TruncateFrom > Start && batch.TruncateFrom <= LastIndex,
                "gapless-log",
                () => $"truncation from {batch.TruncateFrom} of a log of {Start + 1} to {LastIndex}");
            _terms.RemoveRange((int)(batch.TruncateFrom - 1 - Start), (int)(LastIndex - batch.TruncateFrom + 1));
        }

        foreach (var entry in batch.Entries)
        {
            InvariantBrokenException.Require(
                entry.Index == LastIndex + 1,
                "gapless-log",
                () => $"entry {entry.Index} is written after {LastIndex}");
            _terms.Add(entry.Term);
        }
    }
}
