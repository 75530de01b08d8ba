using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>The mark that a directory is not whole; a directory without one is.</summary>
/// <remarks>It appears whole or not at all, before anything it warns of is done, and goes last.</remarks>
internal static class WholenessFile
{
    private const int StateOffset = HeaderBlock.BodyOffset;

    private static ReadOnlySpan<byte> Magic => "RBOOKWHO"u8;

    /// <summary>Reads without writing anything.</summary>
    /// <returns>Null when there is no mark; <see cref="Wholeness.Repairing"/>, the stricter of the two, when it cannot
    /// be read.</returns>
    /// <exception cref="StorageVersionException">It is of a later version.</exception>
    /// <exception cref="StorageIdentityException">It is another node's.</exception>
    public static Wholeness? Read(
        IDisk disk, string directory, StorageIdentity identity, IReadOnlyList<string> files)
    {
        if (!files.Contains(FileNames.Wholeness))
        {
            return null;
        }

        var path = Path.Combine(directory, FileNames.Wholeness);
        var block = WholeFile.Read(disk, path);
        return HeaderBlock.IsValid(block, Magic, identity, path) && block[StateOffset] == (byte)Wholeness.New
            ? Wholeness.New
            : Wholeness.Repairing;
    }

    /// <summary>Makes or replaces the mark; durable when this returns.</summary>
    public static void Write(IDisk disk, string directory, StorageIdentity identity, Wholeness state)
    {
        var block = new byte[HeaderBlock.Bytes];
        block[StateOffset] = (byte)state;
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
