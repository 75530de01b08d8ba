using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>All that a data directory holds, read and judged together before anything in it is changed.</summary>
internal sealed class FoundDirectory
{
    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly StorageIdentity _identity;
    private readonly IReadOnlyList<string> _files;
    private readonly (HardState State, long Sequence)? _hardState;
    private readonly RecoveredLog? _log;
    private readonly bool _isLogDropped;

    private FoundDirectory(IDisk disk, string directory, StorageIdentity identity)
    {
        _disk = disk;
        _directory = directory;
        _identity = identity;
        _files = disk.ListFiles(directory);
        _hardState = HardStateFile.Read(disk, directory, identity, _files);
        Snapshots = SnapshotStore.Read(disk, directory, identity, _files);
        _log = Recovery.Read(disk, directory, identity, _files);
        CheckComplete();
        _isLogDropped = _log is not null && !Connects(_log);
    }

    public SnapshotStore Snapshots { get; }

    /// <exception cref="StorageDamagedException">Something other than a torn unacknowledged tail is wrong.</exception>
    public static FoundDirectory Read(IDisk disk, string directory, StorageIdentity identity) =>
        new(disk, directory, identity);

    /// <summary>What to hand to the replica, once it is durable.</summary>
    public RecoveredState ToRecoveredState()
    {
        var snapshot = Snapshots.Newest;
        return new RecoveredState(
            _hardState?.State ?? default,
            snapshot,
            Snapshots.NewestContent,
            _log is null || _isLogDropped ? [] : _log.Replay.Entries,
            Math.Max(snapshot.Index, _log?.Replay.CommitIndex ?? 0),
            _log?.TornBytes ?? 0);
    }

    /// <summary>Repairs what a crash left half done, and makes all that was found durable.</summary>
    public (HardStateFile HardState, WriteAheadLog Log) MakeDurable(StorageOptions options)
    {
        foreach (var name in _files.Where(FileNames.IsTemporary))
        {
            _disk.Delete(Path.Combine(_directory, name));
        }

        Snapshots.TidyUp();

        // Opening or creating the log syncs the directory, and with it the names of snapshots that were seen above.
        // Term and vote are made last, so that a directory with a log and without them was never in use.
        var log = _log is null
            ? WriteAheadLog.Create(_disk, _directory, _identity, options.SegmentBytes)
            : WriteAheadLog.Open(_disk, _directory, _identity, options.SegmentBytes, _log);
        HardStateFile? hardState = null;
        try
        {
            hardState = _hardState is { } found
                ? HardStateFile.Open(_disk, _directory, _identity, found)
                : HardStateFile.Create(_disk, _directory, _identity);
            if (_isLogDropped)
            {
                log.Reset(Snapshots.Newest);
                log.Flush();
            }

            return (hardState, log);
        }
        catch
        {
            hardState?.Dispose();
            log.Dispose();
            throw;
        }
    }

    private void CheckComplete()
    {
        var path = Path.Combine(_directory, FileNames.HardState);
        if (_hardState is null)
        {
            if (_log is { IsVirgin: false } || Snapshots.Kept.Count + Snapshots.Damaged.Count > 0)
            {
                throw new StorageDamagedException(path, 0, "term and vote are missing");
            }
        }
        else if (_log is null)
        {
            throw new StorageDamagedException(
                Path.Combine(_directory, FileNames.Segment(1)), 0, "there is no log, but term and vote");
        }
        else if (_log.Replay.Last.Term > _hardState.Value.State.Term)
        {
            throw new StorageDamagedException(
                path, 0, $"term {_hardState.Value.State.Term} is older than the log's last, {_log.Replay.Last.Term}");
        }
    }

    // Whether the log goes on from the newest snapshot. If not, a crash came between installing a snapshot and
    // resetting the log: all its entries are in the snapshot, or contradict it and so were never committed.
    private bool Connects(RecoveredLog log)
    {
        var snapshot = Snapshots.Newest;
        var newestDamaged = Snapshots.Damaged is [var newest, ..] && newest.Mark.Index > snapshot.Index
            ? newest.What
            : null;
        if (snapshot.Index < log.Replay.Start.Index)
        {
            throw newestDamaged ?? new StorageDamagedException(
                log.Segments[0].Path, 0,
                $"the log begins after {log.Replay.Start.Index}, but the newest snapshot ends at {snapshot.Index}");
        }

        var connects = log.Replay.TermAt(snapshot.Index) == snapshot.Term;
        return connects || newestDamaged is null ? connects : throw newestDamaged;
    }
}
