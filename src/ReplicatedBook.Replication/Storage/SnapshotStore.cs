using System.Buffers;
using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>The two newest snapshots of a data directory.</summary>
/// <remarks>All members may be used by several threads at once. A piece is read under the lock that deletions take, so
/// cleaning up never takes a file away under a reader; saving writes outside of it, so readers do not wait for
/// that.</remarks>
internal sealed class SnapshotStore
{
    private const int MaxKept = 2;

    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly StorageIdentity _identity;
    private readonly Lock _saving = new();
    private readonly Lock _files = new();
    private volatile (SnapshotMark Mark, long Bytes)[] _kept;

    private SnapshotStore(
        IDisk disk, string directory, StorageIdentity identity, (SnapshotMark Mark, long Bytes)[] found,
        ReadOnlyMemory<byte>? newestContent, IReadOnlyList<(SnapshotMark Mark, StorageDamagedException What)> damaged)
    {
        _disk = disk;
        _directory = directory;
        _identity = identity;
        _kept = found;
        NewestContent = newestContent;
        Damaged = damaged;
    }

    /// <summary>Durable, verified snapshots, newest first, with the size of their content in bytes.</summary>
    public IReadOnlyList<(SnapshotMark Mark, long Bytes)> Kept => _kept;

    /// <summary>Content of the newest one as read at opening; null without one, and after <see
    /// cref="TidyUp"/>.</summary>
    public ReadOnlyMemory<byte>? NewestContent { get; private set; }

    /// <summary>Snapshots found damaged at opening, newest first.</summary>
    public IReadOnlyList<(SnapshotMark Mark, StorageDamagedException What)> Damaged { get; }

    /// <summary>The newest mark; (0, 0) without a snapshot.</summary>
    public SnapshotMark Newest => _kept is [var newest, ..] ? newest.Mark : default;

    /// <summary>The oldest mark kept; (0, 0) without a snapshot.</summary>
    public SnapshotMark Oldest => _kept is [.., var oldest] ? oldest.Mark : default;

    /// <summary>Reads and checks the snapshots of a directory; writes nothing.</summary>
    public static SnapshotStore Read(
        IDisk disk, string directory, StorageIdentity identity, IReadOnlyList<string> files)
    {
        var found = new List<(SnapshotMark Mark, long Bytes)>();
        var damaged = new List<(SnapshotMark Mark, StorageDamagedException What)>();
        ReadOnlyMemory<byte>? newest = null;
        foreach (var mark in files.Select(FileNames.SnapshotMark).OfType<SnapshotMark>()
            .OrderByDescending(mark => mark.Index).ThenByDescending(mark => mark.Term))
        {
            try
            {
                var content = SnapshotFile.Read(disk, PathOf(directory, mark), mark, identity);
                found.Add((mark, content.Length));
                newest ??= content;
            }
            catch (StorageDamagedException exception)
            {
                damaged.Add((mark, exception));
            }
        }

        return new SnapshotStore(disk, directory, identity, [.. found], newest, damaged);
    }

    /// <summary>Sets damaged snapshots aside and removes what is too old; the caller syncs the directory.</summary>
    public void TidyUp()
    {
        NewestContent = null;
        foreach (var (mark, _) in Damaged)
        {
            _disk.Rename(PathOf(_directory, mark), PathOf(_directory, mark) + FileNames.Damaged);
        }

        Keep(_kept);
    }

    /// <summary>Makes a snapshot durable. One that is not newer than the newest is not needed and not
    /// written.</summary>
    public void Save(SnapshotMark mark, ReadOnlySequence<byte> content, Action? pause)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mark.Index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, Array.MaxLength); // It is read as one piece.
        lock (_saving)
        {
            if (mark.Index <= Newest.Index)
            {
                return;
            }

            WholeFile.Create(
                _disk, _directory, FileNames.Snapshot(mark),
                file => SnapshotFile.Write(file, mark, content, _identity, pause));
            Keep([(mark, content.Length), .. _kept]);
        }
    }

    /// <summary>Reads a piece; null when the snapshot is not kept.</summary>
    public (byte[] Data, bool IsLast)? ReadPiece(SnapshotMark mark, long offset, int maxBytes)
    {
        lock (_files)
        {
            return Array.Exists(_kept, kept => kept.Mark == mark)
                ? SnapshotFile.ReadPiece(_disk, PathOf(_directory, mark), mark, _identity, offset, maxBytes)
                : null;
        }
    }

    /// <summary>Opens the file of a snapshot, for reading; null when it is not kept.</summary>
    public IDiskFile? Open(SnapshotMark mark)
    {
        lock (_files)
        {
            return Array.Exists(_kept, kept => kept.Mark == mark)
                ? _disk.Open(PathOf(_directory, mark), create: false)
                : null;
        }
    }

    private void Keep((SnapshotMark Mark, long Bytes)[] newestFirst)
    {
        lock (_files)
        {
            _kept = newestFirst.Length <= MaxKept ? newestFirst : newestFirst[..MaxKept];
            foreach (var (mark, _) in newestFirst.Skip(MaxKept))
            {
                _disk.Delete(PathOf(_directory, mark));
            }

            if (_kept.Length == MaxKept)
            {
                DeleteSetAsideBefore(Oldest.Index);
            }
        }
    }

    // A damaged snapshot is of interest until two good ones are newer; without an end they would fill the disk.
    private void DeleteSetAsideBefore(long index)
    {
        foreach (var name in _disk.ListFiles(_directory))
        {
            if (FileNames.DamagedSnapshotMark(name) is { } mark && mark.Index < index)
            {
                _disk.Delete(Path.Combine(_directory, name));
            }
        }
    }

    private static string PathOf(string directory, SnapshotMark mark) =>
        Path.Combine(directory, FileNames.Snapshot(mark));
}
