using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication;

/// <content>Snapshots that found no room.</content>
public sealed partial class Replica
{
    private long _noSnapshotBefore;

    /// <summary>A snapshot of the output could not be written for lack of room, and nothing is left of it: it is tried
    /// again after the next interval, and the log stays as long as it is. One from a leader is asked for
    /// again.</summary>
    public void SnapshotGivenUp(SnapshotMark mark)
    {
        if (Divergence is not null)
        {
            return;
        }

        if (_incoming is { IsComplete: true } incoming && incoming.Mark == mark)
        {
            _incoming = null; // The leader hears nothing, and begins again in its own time.
            return;
        }

        Invariant.Require(_saving == mark, "a snapshot is reported that was asked for");
        _saving = null;
        _noSnapshotBefore = AppliedIndex + _options.SnapshotEveryEntries;
    }
}
