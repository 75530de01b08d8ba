using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>One node's data directory: lock, term and vote, write-ahead log, snapshots.</summary>
/// <remarks>After a failed write or sync every further call throws <see cref="IOException"/>: the node must stop.
/// <see cref="Write"/> is called by one thread; snapshots may be saved and read by others at the same time.</remarks>
public sealed class ReplicaStorage : IDisposable
{
    private readonly IDisposable _lock;
    private readonly HardStateFile _hardState;
    private readonly WriteAheadLog _log;
    private readonly SnapshotStore _snapshots;
    private volatile Exception? _failure;
    private long _releaseBefore;

    private ReplicaStorage(
        IDisposable directoryLock, HardStateFile hardState, WriteAheadLog log, SnapshotStore snapshots)
    {
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

    /// <summary>Opens or creates a data directory, checks all of it and returns what it holds; all of that is
    /// durable.</summary>
    /// <param name="disk">Where the directory is.</param>
    /// <param name="directory">Path of the directory; created with its parents when missing.</param>
    /// <param name="identity">Whose data it is, or will be.</param>
    /// <param name="options">Sizes; may differ from those the directory was written with.</param>
    /// <param name="recovered">What it holds.</param>
    /// <exception cref="DirectoryInUseException">Another process or instance works on it.</exception>
    /// <exception cref="StorageDamagedException">Something other than a torn unacknowledged tail is wrong; nothing was
    /// changed.</exception>
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
            recovered = found.ToRecoveredState();
            var (hardState, log) = found.MakeDurable(options);
            return new ReplicaStorage(directoryLock, hardState, log, found.Snapshots);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    /// <summary>Writes batches in order and returns when all of them are durable: one sync of the log for
    /// all.</summary>
    /// <remarks>Term and vote come first, the newest of all batches only. A batch that brings nothing but a commit
    /// index is written without a sync. Allocates nothing once its buffer has grown.</remarks>
    /// <exception cref="IOException">Nothing is known of what is durable; this storage is dead.</exception>
    /// <exception cref="ArgumentException">A batch contradicts the log: a gap, a term that goes back or was not
    /// persisted before, a truncation of committed entries, a reset without its snapshot. This storage is dead
    /// too.</exception>
    public void Write(IReadOnlyList<PersistBatch> batches)
    {
        ThrowIfDead();
        try
        {
            WriteHardState(batches);
            var commitIndex = 0L;
            for (var i = 0; i < batches.Count; i++)
            {
                var batch = batches[i];
                commitIndex = Math.Max(commitIndex, batch.CommitIndex);
                _releaseBefore = Math.Max(_releaseBefore, batch.ReleaseBefore);
                WriteToLog(batch);
            }

            _log.Commit(commitIndex);
            _log.Flush();

            // Never above the older snapshot: should the newer one turn out damaged, log and older one still connect.
            _log.Release(Math.Min(_releaseBefore, _snapshots.Oldest.Index + 1));
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
    /// <exception cref="IOException">The snapshot may not be durable; this storage is dead.</exception>
    public void SaveSnapshot(SnapshotMark mark, ReadOnlyMemory<byte> content)
    {
        ThrowIfDead();
        try
        {
            _snapshots.Save(mark, content);
        }
        catch (Exception exception)
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
