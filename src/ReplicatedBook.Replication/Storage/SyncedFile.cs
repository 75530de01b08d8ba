using System.Buffers.Binary;

namespace ReplicatedBook.Replication.Storage;

/// <summary>How far the log was synced, in a place of its own: so that a lost sector at the end of the log, which takes
/// the last group and its proof at once, is not taken for a torn tail.</summary>
/// <remarks>Written after each sync of the log and never synced itself: it claims less than is durable, or the same,
/// whatever of it survives. Without it the log is judged by itself.</remarks>
internal sealed class SyncedFile : IDisposable
{
    private const int SequenceOffset = HeaderBlock.BodyOffset;
    private const int TagOffset = HeaderBlock.BodyOffset + 8;
    private const int EndOffset = HeaderBlock.BodyOffset + 16;

    private readonly IDiskFile _file;
    private readonly StorageIdentity _identity;
    private readonly byte[] _block = new byte[HeaderBlock.Bytes];

    private SyncedFile(IDiskFile file, StorageIdentity identity)
    {
        _file = file;
        _identity = identity;
    }

    private static ReadOnlySpan<byte> Magic => "RBOOKSYN"u8;

    /// <summary>Reads without writing anything.</summary>
    /// <returns>Null when there is none, or none that can be read.</returns>
    /// <exception cref="StorageVersionException">It is of a later version.</exception>
    /// <exception cref="StorageIdentityException">It is another node's.</exception>
    public static SyncedMark? Read(
        IDisk disk, string directory, StorageIdentity identity, IReadOnlyList<string> files)
    {
        if (!files.Contains(FileNames.Synced))
        {
            return null;
        }

        var path = Path.Combine(directory, FileNames.Synced);
        var block = WholeFile.Read(disk, path);
        return HeaderBlock.IsValid(block, Magic, identity, path)
            ? new SyncedMark(
                BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(SequenceOffset)),
                BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(TagOffset)),
                BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(EndOffset)))
            : null;
    }

    /// <summary>Opens the file, or makes it with its name durable.</summary>
    public static SyncedFile Open(
        IDisk disk, string directory, StorageIdentity identity, bool exists, in SyncedMark mark)
    {
        var first = mark;
        var path = exists
            ? Path.Combine(directory, FileNames.Synced)
            : WholeFile.Create(
                disk, directory, FileNames.Synced, file => new SyncedFile(file, identity).Write(in first));
        var opened = new SyncedFile(disk.Open(path, create: false), identity);
        if (exists)
        {
            opened.Write(in first);
        }

        return opened;
    }

    /// <summary>Notes that the log is on the disk up to a place.</summary>
    public void Write(in SyncedMark mark)
    {
        _block.AsSpan().Clear();
        BinaryPrimitives.WriteInt64LittleEndian(_block.AsSpan(SequenceOffset), mark.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(_block.AsSpan(TagOffset), mark.Tag);
        BinaryPrimitives.WriteInt64LittleEndian(_block.AsSpan(EndOffset), mark.End);
        HeaderBlock.Complete(_block, Magic, _identity);
        _file.Write(0, _block);
    }

    public void Dispose() => _file.Dispose();
}
