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
    private readonly FoundLog? _log;
    private readonly WholenessMark? _mark;

    private FoundDirectory(IDisk disk, string directory, StorageIdentity identity)
    {
        _disk = disk;
        _directory = directory;
        _identity = identity;
        _files = disk.ListFiles(directory);
        _mark = WholenessFile.Read(disk, directory, identity, _files);
        _hardState = HardStateFile.Read(disk, directory, identity, _files);
        Snapshots = SnapshotStore.Read(disk, directory, identity, _files);
        _log = Recovery.Read(disk, directory, identity, _files);
        CheckVote();
        Damage = _log?.Damage ?? FindDamage();
    }

    public SnapshotStore Snapshots { get; }

    /// <summary>What is wrong with log or snapshots and needs the peers' help; null when nothing is.</summary>
    public StorageDamagedException? Damage { get; }

    /// <summary>What the directory is once it is opened.</summary>
    public Wholeness Wholeness => _mark?.State ?? (IsNew ? Wholeness.New : Wholeness.Whole);

    /// <summary>Whether a crash came while files were being set aside: nothing that is left of them may be
    /// used.</summary>
    public bool IsSettingAside => _mark is { Aside: not AsideScope.None };

    /// <summary>The log that can be read and goes on from the newest snapshot; null when there is none.</summary>
    /// <remarks>If a log that is whole does not, a crash came between installing a snapshot and resetting the log: all
    /// its entries are in the snapshot, or contradict it and so were never committed.</remarks>
    public LogReplay? UsableLog =>
        _log?.Replay is { } replay && replay.TermAt(Snapshots.Newest.Index) == Snapshots.Newest.Term ? replay : null;

    private bool IsNew => _hardState is null;

    /// <exception cref="StorageDamagedException">Term and vote are lost.</exception>
    public static FoundDirectory Read(IDisk disk, string directory, StorageIdentity identity) =>
        new(disk, directory, identity);

    /// <summary>What to hand to the replica, once it is durable.</summary>
    /// <param name="usable">Entries to be kept.</param>
    public RecoveredState ToRecoveredState(LogReplay? usable)
    {
        var snapshot = Snapshots.Newest;
        return new RecoveredState(
            _hardState?.State ?? default,
            snapshot,
            Snapshots.NewestContent,
            usable?.Entries ?? [],
            Math.Max(snapshot.Index, Math.Min(usable?.CommitIndex ?? 0, usable?.Last.Index ?? 0)),
            _log?.Whole?.TornBytes ?? 0)
        {
            Wholeness = Wholeness,
        };
    }

    /// <summary>Moves the log, and snapshots that are damaged, where nobody reads them, and marks the
    /// directory.</summary>
    public void SetDamagedAside()
    {
        DamagedFolder.Move(
            _disk, _directory, _identity, AsideScope.Damaged, NamesOf(AsideScope.Damaged), Damage!.Message);
    }

    /// <summary>Goes on with what a crash broke off.</summary>
    public void FinishSettingAside() => DamagedFolder.Finish(
        _disk, _directory, _identity, _mark!.Value.Folder, NamesOf(_mark.Value.Aside),
        "the reason is not known: a crash came before it was written down");

    /// <summary>Repairs what a crash left half done, and makes all that was found durable.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="kept">What a new log begins with; null for nothing.</param>
    public (HardStateFile HardState, WriteAheadLog Log) MakeDurable(StorageOptions options, LogReplay? kept)
    {
        if (IsNew && _mark is null)
        {
            // Before anything that it tells of: so it is there for whatever a crash leaves of the rest.
            WholenessFile.Write(_disk, _directory, _identity, new WholenessMark(Wholeness.New));
        }

        foreach (var name in _files.Where(FileNames.IsTemporary))
        {
            _disk.Delete(Path.Combine(_directory, name));
        }

        Snapshots.TidyUp();

        // Opening or creating the log syncs the directory, and with it the names of snapshots that were seen above.
        // Term and vote are made last, so that a directory with a log and without them was never in use.
        var log = _log?.Whole is { } whole
            ? WriteAheadLog.Open(_disk, _directory, _identity, options.SegmentBytes, whole)
            : WriteAheadLog.Create(_disk, _directory, _identity, options.SegmentBytes);
        HardStateFile? hardState = null;
        try
        {
            hardState = _hardState is { } found
                ? HardStateFile.Open(_disk, _directory, _identity, found)
                : HardStateFile.Create(_disk, _directory, _identity);
            Connect(log, kept);
            return (hardState, log);
        }
        catch
        {
            hardState?.Dispose();
            log.Dispose();
            throw;
        }
    }

    private List<string> NamesOf(AsideScope scope) => scope == AsideScope.All
        ? [.. _files.Where(FileNames.IsContent)]
        :
        [
            .. _files.Where(name => name == FileNames.Synced || FileNames.SegmentSequence(name) is not null),
            .. Snapshots.Damaged.Select(damaged => FileNames.Snapshot(damaged.Mark)),
        ];

    private void Connect(WriteAheadLog log, LogReplay? kept)
    {
        if (kept is not null)
        {
            if (kept.Start.Index > 0)
            {
                log.Reset(kept.Start);
            }

            kept.Entries.ForEach(entry => log.Append(in entry));
            log.Commit(kept.CommitIndex);
            log.Flush();
        }
        else if (UsableLog is null && Snapshots.Newest.Index > 0)
        {
            log.Reset(Snapshots.Newest);
            log.Flush();
        }
    }

    // Whatever else is wrong, a node that does not know how it voted must not go on under its name.
    private void CheckVote()
    {
        var path = Path.Combine(_directory, FileNames.HardState);
        if (_hardState is not { State.Term: var term })
        {
            var isUsed = _log is { Damage: not null } or { Whole.IsVirgin: false }
                || Snapshots.Kept.Count + Snapshots.Damaged.Count > 0;
            if (isUsed)
            {
                throw HardStateFile.Lost(path, "term and vote are missing");
            }
        }
        else if (_log?.Replay is { } replay && replay.Last.Term > term)
        {
            throw HardStateFile.Lost(path, $"term {term} is older than the log's last, {replay.Last.Term}");
        }
    }

    private StorageDamagedException? FindDamage()
    {
        if (_log is null)
        {
            // A directory that is being repaired has no log for a moment.
            return _hardState is null || _mark is { State: Wholeness.Repairing }
                ? null
                : new StorageDamagedException(
                    Path.Combine(_directory, FileNames.Segment(1)), 0, "there is no log, but term and vote");
        }

        var snapshot = Snapshots.Newest;
        var newestDamaged = Snapshots.Damaged is [var newest, ..] && newest.Mark.Index > snapshot.Index
            ? newest.What
            : null;
        if (snapshot.Index < _log.Replay!.Start.Index)
        {
            return newestDamaged ?? new StorageDamagedException(
                _log.Whole!.Segments[0].Path, 0,
                $"the log begins after {_log.Replay.Start.Index}, but the newest snapshot ends at {snapshot.Index}");
        }

        return UsableLog is null ? newestDamaged : null;
    }
}
