using System.Buffers;
using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>One node's data directory: lock, term and vote, write-ahead log, snapshots.</summary>
/// <remarks>After a failed write or sync every further call throws <see cref="IOException"/>: the node must stop.
/// <see cref="Write"/> is called by one thread; snapshots may be saved and read by others at the same time.</remarks>
public sealed class ReplicaStorage : IDisposable
{
    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly IDisposable _lock;
    private readonly HardStateFile _hardState;
    private readonly WriteAheadLog _log;
    private readonly SnapshotStore _snapshots;
    private volatile Exception? _failure;
    private volatile bool _isFull;
    private long _releaseBefore;

    private ReplicaStorage(
        IDisk disk, string directory, IDisposable directoryLock, HardStateFile hardState, WriteAheadLog log,
        SnapshotStore snapshots)
    {
        _disk = disk;
        _directory = directory;
        _lock = directoryLock;
        _hardState = hardState;
        _log = log;
        _snapshots = snapshots;
    }

    /// <summary>Marks of the durable snapshots, newest first, with the size of their content in bytes; any thread may
    /// ask.</summary>
    public IReadOnlyList<(SnapshotMark Mark, long Bytes)> Snapshots => _snapshots.Kept;

    /// <summary>Bytes of all log segments, zeroed space included; any thread may ask.</summary>
    public long LogBytes => _log.Bytes;

    /// <summary>Whether the last <see cref="Write"/> found no room and changed nothing; any thread may ask.</summary>
    public bool IsFull => _isFull;

    /// <summary>Whether it is time for <see cref="PrepareSegment"/>; asked by the thread that writes.</summary>
    public bool IsSegmentDue => _log.IsSegmentDue;

    /// <summary>Opens or creates a data directory, checks all of it and returns what it holds; all of that is
    /// durable.</summary>
    /// <remarks>Damage to log or snapshots does not refuse: the damaged files are set aside into a folder, what is
    /// provably right is kept, and the directory is <see cref="Wholeness.Repairing"/> until
    /// <see cref="MarkWhole"/>.</remarks>
    /// <param name="disk">Where the directory is.</param>
    /// <param name="directory">Path of the directory; created with its parents when missing.</param>
    /// <param name="identity">Whose data it is, or will be.</param>
    /// <param name="options">Sizes; may differ from those the directory was written with.</param>
    /// <param name="recovered">What it holds.</param>
    /// <exception cref="DirectoryInUseException">Another process or instance works on it.</exception>
    /// <exception cref="StorageDamagedException">Term and vote are lost: the node must not go on under its name.
    /// Nothing was changed.</exception>
    /// <exception cref="DiskFullException">There is no room for a new log; opening may be tried again.</exception>
    /// <exception cref="StorageIdentityException">It belongs to another cluster or node.</exception>
    /// <exception cref="StorageVersionException">It was written by a later version.</exception>
    /// <exception cref="ArgumentException">Identity or options are out of range.</exception>
    public static ReplicaStorage Open(
        IDisk disk, string directory, StorageIdentity identity, StorageOptions options, out RecoveredState recovered)
    {
        options.Check();
        identity.Check();
        disk.CreateDirectory(directory);
        var directoryLock = disk.Lock(directory);
        try
        {
            var found = FoundDirectory.Read(disk, directory, identity);
            if (found.IsSettingAside)
            {
                found.FinishSettingAside();
                found = FoundDirectory.Read(disk, directory, identity);
            }

            LogReplay? kept = null;
            var damage = found.Damage?.Message;
            if (damage is not null)
            {
                kept = found.UsableLog;
                found.SetDamagedAside();
                found = FoundDirectory.Read(disk, directory, identity);
            }

            recovered = found.ToRecoveredState(kept ?? found.UsableLog) with { Damage = damage };
            var (hardState, log) = found.MakeDurable(options, kept);
            return new ReplicaStorage(disk, directory, directoryLock, hardState, log, found.Snapshots);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    /// <summary>Moves all but term and vote into a folder for inspection and marks the directory as one to be repaired:
    /// opened again, it is empty and <see cref="Wholeness.Repairing"/>. For a node whose state must not be
    /// used.</summary>
    /// <param name="disk">Where the directory is.</param>
    /// <param name="directory">Path of the directory; nobody may have it open.</param>
    /// <param name="identity">Whose data it is.</param>
    /// <param name="reason">Goes into a text file beside the files.</param>
    /// <exception cref="DirectoryInUseException">Another process or instance works on it.</exception>
    /// <exception cref="StorageDamagedException">Term and vote are lost. Nothing was changed.</exception>
    /// <exception cref="StorageIdentityException">It belongs to another cluster or node.</exception>
    /// <exception cref="StorageVersionException">It was written by a later version.</exception>
    public static void SetAside(IDisk disk, string directory, StorageIdentity identity, string reason)
    {
        identity.Check();
        using var directoryLock = disk.Lock(directory);
        var files = disk.ListFiles(directory);
        var content = files.Where(FileNames.IsContent).ToList();
        if (HardStateFile.Read(disk, directory, identity, files) is null && content.Count > 0)
        {
            throw HardStateFile.Lost(Path.Combine(directory, FileNames.HardState), "term and vote are missing");
        }

        DamagedFolder.Move(disk, directory, identity, AsideScope.All, content, reason);
    }

    /// <summary>Writes batches in order and returns when all of them are durable: one sync of the log for
    /// all.</summary>
    /// <remarks>Term and vote come first, the newest of all batches only. A batch that brings nothing but a commit
    /// index is written without a sync. Allocates nothing once its buffer has grown.</remarks>
    /// <exception cref="DiskFullException"><see cref="IsFull"/> is true: there is no room for all of it, and nothing
    /// was written; the same batches, or more, may be given again.</exception>
    /// <exception cref="IOException">Nothing is known of what is durable; this storage is dead.</exception>
    /// <exception cref="ArgumentException">A batch contradicts the log: a gap, a term that goes back or was not
    /// persisted before, a truncation of committed entries, a reset without its snapshot. This storage is dead
    /// too.</exception>
    public void Write(IReadOnlyList<PersistBatch> batches)
    {
        ThrowIfDead();
        MakeRoom(batches);
        try
        {
            WriteHardState(batches);
            var commitIndex = 0L;
            for (var i = 0; i < batches.Count; i++)
            {
                commitIndex = Math.Max(commitIndex, batches[i].CommitIndex);
                WriteToLog(batches[i]);
            }

            _log.Commit(commitIndex);
            _log.Flush();
            Release();
        }
        catch (Exception exception)
        {
            _failure = exception;
            throw;
        }
    }

    /// <summary>Makes a snapshot durable under its mark: temporary file, sync, rename, sync of the directory. The two
    /// newest are kept.</summary>
    /// <remarks>One that is not newer than the newest kept is not written. Any thread may call; one call at a time
    /// works.</remarks>
    /// <param name="mark">Last entry it contains.</param>
    /// <param name="content">Its content.</param>
    /// <param name="pause">Called after each mebibyte that is on the disk.</param>
    /// <exception cref="DiskFullException">There is no room for it; nothing is left of it, and it may be tried
    /// again.</exception>
    /// <exception cref="IOException">The snapshot may not be durable; this storage is dead.</exception>
    public void SaveSnapshot(SnapshotMark mark, ReadOnlySequence<byte> content, Action? pause = null)
    {
        ThrowIfDead();
        try
        {
            _snapshots.Save(mark, content, pause);
        }
        catch (Exception exception) when (exception is not DiskFullException)
        {
            _failure = exception;
            throw;
        }
    }

    /// <summary>Reads a piece of a durable snapshot's content; any thread may call.</summary>
    /// <param name="mark">The snapshot.</param>
    /// <param name="offset">First byte of the content; at or behind its end the piece is empty and the last.</param>
    /// <param name="maxBytes">Most bytes to read; positive.</param>
    /// <returns>Bytes read, owned by the caller, and whether the content ends with them; null when this snapshot is no
    /// longer kept.</returns>
    /// <exception cref="StorageDamagedException">The bytes are not those that were written; they must not be
    /// sent.</exception>
    public (byte[] Data, bool IsLast)? ReadSnapshotPiece(SnapshotMark mark, long offset, int maxBytes)
    {
        ThrowIfDead();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        return _snapshots.ReadPiece(mark, offset, maxBytes);
    }

    /// <summary>Opens the file of a durable snapshot as it is; any thread may call.</summary>
    /// <returns>The caller's to dispose of, and not to be written; null when this snapshot is no longer kept.</returns>
    public IDiskFile? OpenSnapshot(SnapshotMark mark)
    {
        ThrowIfDead();
        return _snapshots.Open(mark);
    }

    /// <summary>Zeroes the next log segment before it is needed, so that no write waits for that; a thread of its own
    /// may call, at the same time as any other method but <see cref="Dispose"/>.</summary>
    /// <returns>False when there is no room for it: nothing is lost by that but speed.</returns>
    /// <exception cref="IOException">The disk has failed; this storage is dead.</exception>
    public bool PrepareSegment()
    {
        ThrowIfDead();
        try
        {
            return _log.PrepareSegment();
        }
        catch (Exception exception)
        {
            _failure = exception;
            throw;
        }
    }

    /// <summary>From now on, across restarts too, the directory is <see cref="Wholeness.Whole"/>; durable when this
    /// returns. Called by the thread that writes, once all that makes it whole is written.</summary>
    /// <exception cref="IOException">It may or may not be; this storage is dead.</exception>
    public void MarkWhole()
    {
        ThrowIfDead();
        try
        {
            WholenessFile.Remove(_disk, _directory);
        }
        catch (Exception exception)
        {
            _failure = exception;
            throw;
        }
    }

    /// <summary>Closes the files and gives the lock back; writes nothing, since all that was promised is
    /// durable.</summary>
    /// <remarks>To be called when no other call is under way.</remarks>
    public void Dispose()
    {
        _failure ??= new ObjectDisposedException(nameof(ReplicaStorage));
        _log.Dispose();
        _hardState.Dispose();
        _lock.Dispose();
    }

    private void MakeRoom(IReadOnlyList<PersistBatch> batches)
    {
        for (var i = 0; i < batches.Count; i++)
        {
            _releaseBefore = Math.Max(_releaseBefore, batches[i].ReleaseBefore);
        }

        try
        {
            try
            {
                _log.Reserve(batches);
            }
            catch (DiskFullException)
            {
                if (!Release())
                {
                    throw;
                }

                _log.Reserve(batches);
            }

            _isFull = false;
        }
        catch (DiskFullException)
        {
            _isFull = true;
            throw;
        }
        catch (Exception exception)
        {
            _failure = exception;
            throw;
        }
    }

    // Never above the older snapshot: should the newer one turn out damaged, log and older one still connect.
    private bool Release() => _log.Release(Math.Min(_releaseBefore, _snapshots.Oldest.Index + 1));

    private void WriteHardState(IReadOnlyList<PersistBatch> batches)
    {
        for (var i = batches.Count - 1; i >= 0; i--)
        {
            if (batches[i].HardState is { } newest)
            {
                if (newest != _hardState.State)
                {
                    _hardState.Write(newest);
                }

                return;
            }
        }
    }

    private void WriteToLog(PersistBatch batch)
    {
        if (batch.ResetTo is { } mark)
        {
            if (_snapshots.Newest.Index < mark.Index)
            {
                throw new ArgumentException($"cannot reset the log to {mark}: no such snapshot is durable");
            }

            _log.Reset(mark);
        }

        if (batch.TruncateFrom > 0)
        {
            _log.TruncateFrom(batch.TruncateFrom);
        }

        for (var i = 0; i < batch.Entries.Count; i++)
        {
            var entry = batch.Entries[i];
            if (entry.Term > _hardState.State.Term)
            {
                throw new ArgumentException(
                    $"entry {entry.Index} is of term {entry.Term}, which was not persisted before");
            }

            _log.Append(in entry);
        }
    }

    private void ThrowIfDead()
    {
        if (_failure is { } failure)
        {
            throw new IOException($"storage stopped for good: {failure.Message}", failure);
        }
    }
}
