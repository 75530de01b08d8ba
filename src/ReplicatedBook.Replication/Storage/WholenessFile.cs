using System.Buffers.Binary;
using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>The mark that a directory is not whole; a directory without one is.</summary>
/// <remarks>It appears whole or not at all, before anything it warns of is done, and goes last.</remarks>
internal static class WholenessFile
{
    private const int StateOffset = HeaderBlock.BodyOffset;
    private const int AsideOffset = HeaderBlock.BodyOffset + 1;
    private const int FolderOffset = HeaderBlock.BodyOffset + 8;

    private static ReadOnlySpan<byte> Magic => "RBOOKWHO"u8;

    /// <summary>Reads without writing anything.</summary>
    /// <returns>Null when there is no mark; <see cref="Wholeness.Repairing"/>, the stricter state, when it cannot be
    /// read.</returns>
    /// <exception cref="StorageVersionException">It is of a later version.</exception>
    /// <exception cref="StorageIdentityException">It is another node's.</exception>
    public static WholenessMark? Read(
        IDisk disk, string directory, StorageIdentity identity, IReadOnlyList<string> files)
    {
        if (!files.Contains(FileNames.Wholeness))
        {
            return null;
        }

        var path = Path.Combine(directory, FileNames.Wholeness);
        var block = WholeFile.Read(disk, path);
        if (!HeaderBlock.IsValid(block, Magic, identity, path))
        {
            return new WholenessMark(Wholeness.Repairing);
        }

        return new WholenessMark(
            block[StateOffset] == (byte)Wholeness.New ? Wholeness.New : Wholeness.Repairing,
            (AsideScope)block[AsideOffset],
            BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(FolderOffset)));
    }

    /// <summary>Makes or replaces the mark; durable when this returns.</summary>
    public static void Write(IDisk disk, string directory, StorageIdentity identity, in WholenessMark mark)
    {
        var block = new byte[HeaderBlock.Bytes];
        block[StateOffset] = (byte)mark.State;
        block[AsideOffset] = (byte)mark.Aside;
        BinaryPrimitives.WriteInt64LittleEndian(block.AsSpan(FolderOffset), mark.Folder);
        HeaderBlock.Complete(block, Magic, identity);
        WholeFile.Create(disk, directory, FileNames.Wholeness, file => file.Write(0, block));
    }

    /// <summary>Takes the mark away; durable when this returns.</summary>
    public static void Remove(IDisk disk, string directory)
    {
        disk.Delete(Path.Combine(directory, FileNames.Wholeness));
        disk.SyncDirectory(directory);
    }
}
