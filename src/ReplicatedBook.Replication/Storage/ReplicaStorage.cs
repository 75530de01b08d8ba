using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>One node's data directory: lock, term and vote, write-ahead log, snapshots.</summary>
/// <remarks>After a failed write or sync every further call throws <see cref="IOException"/>: the node must stop.
/// <see cref="Write"/> is called by one thread; snapshots may be saved and read by another at the same time.</remarks>
public sealed class ReplicaStorage : IDisposable
{
    /// <summary>Opens or creates a data directory, checks all of it and returns what it holds.</summary>
    /// <exception cref="DirectoryInUseException">Another process works on it.</exception>
    /// <exception cref="StorageDamagedException">Something other than a torn unacknowledged tail is wrong.</exception>
    public static ReplicaStorage Open(
        IDisk disk, string directory, StorageIdentity identity, StorageOptions options, out RecoveredState recovered) =>
        throw new NotImplementedException();

    /// <summary>Writes batches in order and returns when all of them are durable: one sync of the log for all.</summary>
    public void Write(IReadOnlyList<PersistBatch> batches) => throw new NotImplementedException();

    /// <summary>Makes a snapshot durable under its mark: temporary file, sync, rename, sync of the directory. The two newest are kept.</summary>
    public void SaveSnapshot(SnapshotMark mark, ReadOnlyMemory<byte> content) => throw new NotImplementedException();

    /// <summary>Reads a piece of a durable snapshot's content.</summary>
    /// <returns>Bytes read and whether the content ends with them; null when this snapshot is no longer kept.</returns>
    public (byte[] Data, bool IsLast)? ReadSnapshotPiece(SnapshotMark mark, long offset, int maxBytes) =>
        throw new NotImplementedException();

    /// <summary>Marks of the durable snapshots, newest first, with their size in bytes.</summary>
    public IReadOnlyList<(SnapshotMark Mark, long Bytes)> Snapshots => throw new NotImplementedException();

    /// <summary>Bytes of all log segments.</summary>
    public long LogBytes => throw new NotImplementedException();

    /// <summary>Closes the files and gives the lock back.</summary>
    public void Dispose() => throw new NotImplementedException();
}

/// <summary>Sizes of storage.</summary>
public sealed record StorageOptions
{
    /// <summary>Size of a log segment in bytes, zeroed ahead of use. Default 64 MiB: few files, and a second's worth of load.</summary>
    public long SegmentBytes { get; init; } = 64L << 20;
}

/// <summary>Files are damaged in a way that no crash explains; a person or the peers must help.</summary>
public sealed class StorageDamagedException(string file, long offset, string what)
    : IOException($"{file} is damaged at byte {offset}: {what}")
{
    /// <summary>The damaged file.</summary>
    public string File { get; } = file;

    /// <summary>Where in the file the damage was seen.</summary>
    public long Offset { get; } = offset;
}
