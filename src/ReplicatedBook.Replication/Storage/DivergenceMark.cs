using System.Buffers.Binary;
using System.Text;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Replication.Storage;

/// <summary>A durable word to the next start that the state in a directory differs from the cluster's: its files must
/// be set aside, and the node must get its state from the others.</summary>
/// <remarks>The file <c>diverged</c>: one header block; its body is the length of a text (u16) and the text (layout in
/// README.md).</remarks>
internal static class DivergenceMark
{
    private const string Name = "diverged";
    private const int LengthOffset = HeaderBlock.BodyOffset;
    private const int TextOffset = LengthOffset + sizeof(ushort);

    /// <summary>Longest text; what is longer is cut.</summary>
    public const int MaxText = HeaderBlock.IdentityOffset - TextOffset;

    private static ReadOnlySpan<byte> Magic => "RBOOKDIV"u8;

    /// <summary>Writes the mark; durable when the call returns.</summary>
    /// <param name="disk">Where to.</param>
    /// <param name="directory">The data directory.</param>
    /// <param name="identity">Its owner.</param>
    /// <param name="reason">For people.</param>
    public static void Write(IDisk disk, string directory, StorageIdentity identity, string reason)
    {
        var block = new byte[HeaderBlock.Bytes];
        var text = Encoding.ASCII.GetBytes(reason);
        var length = Math.Min(text.Length, MaxText);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(LengthOffset), (ushort)length);
        text.AsSpan(0, length).CopyTo(block.AsSpan(TextOffset));
        HeaderBlock.Complete(block, Magic, identity);
        WholeFile.Create(disk, directory, Name, file => file.Write(0, block));
    }

    /// <summary>The text of the mark; null when there is none.</summary>
    /// <exception cref="StorageIdentityException">It is another node's.</exception>
    public static string? Read(IDisk disk, string directory, StorageIdentity identity)
    {
        if (!disk.ListFiles(directory).Contains(Name))
        {
            return null;
        }

        var path = Path.Combine(directory, Name);
        var block = WholeFile.Read(disk, path);
        if (!HeaderBlock.IsValid(block, Magic, identity, path))
        {
            return "it is marked as diverged, but the mark is damaged";
        }

        var length = Math.Min(MaxText, (int)BinaryPrimitives.ReadUInt16LittleEndian(block.AsSpan(LengthOffset)));
        return Encoding.ASCII.GetString(block, TextOffset, length);
    }

    /// <summary>Sets the files of a marked directory aside, then removes the mark; a crash in between does it
    /// again.</summary>
    /// <returns>The mark's text; null when there was none.</returns>
    public static string? SetAsideIfMarked(IDisk disk, string directory, StorageIdentity identity)
    {
        disk.CreateDirectory(directory);
        if (Read(disk, directory, identity) is not { } reason)
        {
            return null;
        }

        ReplicaStorage.SetAside(disk, directory, identity, reason);
        EventJournal.Delete(disk, directory); // Not worth to be kept: it can be made anew from the log.
        disk.Delete(Path.Combine(directory, Name));
        disk.SyncDirectory(directory);
        return reason;
    }
}
