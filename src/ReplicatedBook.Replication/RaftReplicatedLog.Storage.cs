using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication;

/// <content>What the threads that write report beside success.</content>
public sealed partial class RaftReplicatedLog
{
    // Of the log writer's thread only.
    private bool _isFullNoted;

    private void NotePersisted(long sequence)
    {
        if (_isFullNoted)
        {
            _isFullNoted = false;
            _options.Noted("there is room on the disk again; all that waited is written");
        }

        _inbox.AddPersisted(sequence);
    }

    private void NoteFull(DiskFullException exception)
    {
        if (!_isFullNoted)
        {
            _isFullNoted = true;
            _options.Noted($"no room on the disk, nothing is acknowledged until there is: {exception.Message}");
        }
    }

    private void GiveUpSnapshot(SnapshotMark mark, DiskFullException exception)
    {
        _options.Noted($"no room for the snapshot at {mark.Index}, it is tried again later: {exception.Message}");
        _inbox.Add(replica => replica.SnapshotGivenUp(mark));
    }
}
