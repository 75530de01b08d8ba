using System.Buffers.Binary;
using System.Globalization;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication.Feed;

/// <summary>What is known of one file of the journal; its owner guards it.</summary>
internal sealed class JournalSegment
{
    /// <summary>Least distance of two places from which reading can begin.</summary>
    public const int BlockBytes = 32 << 10;

    private const string NameStart = "events-";
    private const string NameEnd = ".journal";
    private const int Digits = 20;

    private JournalSegment(string path, long after)
    {
        Path = path;
        After = Last = after;
        Blocks = [new JournalBlock(after, HeaderBlock.Bytes)];
    }

    private static ReadOnlySpan<byte> Magic => "RBOOKEVJ"u8;

    public string Path { get; }

    /// <summary>The segment begins with the entry after this one.</summary>
    public long After { get; }

    /// <summary>The last entry it tells of.</summary>
    public long Last { get; set; }

    /// <summary>Length of its valid part.</summary>
    public long Bytes { get; set; } = HeaderBlock.Bytes;

    public List<JournalBlock> Blocks { get; }

    /// <summary>Whether a name is that of a segment.</summary>
    public static bool IsName(string name) =>
        name.Length == NameStart.Length + Digits + NameEnd.Length
        && name.StartsWith(NameStart, StringComparison.Ordinal) && name.EndsWith(NameEnd, StringComparison.Ordinal);

    /// <summary>Makes a new file, in place of one that has its name.</summary>
    /// <returns>The segment, and the file to write to.</returns>
    public static (JournalSegment Segment, IDiskFile File) Create(
        IDisk disk, string directory, StorageIdentity identity, long after)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{NameStart}{after:D20}{NameEnd}");
        var segment = new JournalSegment(System.IO.Path.Combine(directory, name), after);
        disk.Delete(segment.Path);
        var file = disk.Open(segment.Path, create: true);
        try
        {
            var header = new byte[HeaderBlock.Bytes];
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(HeaderBlock.BodyOffset), after);
            HeaderBlock.Complete(header, Magic, identity);
            file.Write(0, header);
            return (segment, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads all of a file that was found, up to the first record that is not valid.</summary>
    /// <param name="disk">Where it is.</param>
    /// <param name="path">The file.</param>
    /// <param name="identity">Whose it must be.</param>
    /// <param name="upTo">Records beyond this index are not taken.</param>
    /// <param name="isWhole">Whether the file ends with the last record that was taken.</param>
    /// <returns>Null when the file's head is not valid, or another owner's or version's: it is no part of this
    /// journal.</returns>
    public static JournalSegment? Read(
        IDisk disk, string path, StorageIdentity identity, long upTo, out bool isWhole)
    {
        isWhole = false;
        var content = WholeFile.Read(disk, path);
        if (!HasHead(content, identity, path))
        {
            return null;
        }

        var segment = new JournalSegment(
            path, BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(HeaderBlock.BodyOffset)));
        var offset = HeaderBlock.Bytes;
        while (JournalRecord.TryDecode(content.AsSpan(offset), segment.Last, out var record) && record.Index <= upTo)
        {
            segment.Note(offset);
            (segment.Last, offset) = (record.Index, offset + record.Size);
        }

        segment.Bytes = offset;
        isWhole = offset == content.Length;
        return segment;
    }

    /// <summary>Notes that a record begins at an offset, behind all others.</summary>
    private void Note(long offset)
    {
        if (offset - Blocks[^1].Offset >= BlockBytes)
        {
            Blocks.Add(new JournalBlock(Last, offset));
        }
    }

    /// <summary>The place from which an index is found, and where the next one begins.</summary>
    /// <param name="index">After <see cref="After"/>, at most <see cref="Last"/>.</param>
    public (JournalBlock Block, JournalBlock End) Find(long index)
    {
        int low = 0, high = Blocks.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Blocks[middle].Previous < index)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return (Blocks[low], low + 1 < Blocks.Count ? Blocks[low + 1] : new JournalBlock(Last, Bytes));
    }

    private static bool HasHead(byte[] content, StorageIdentity identity, string path)
    {
        try
        {
            return content.Length >= HeaderBlock.Bytes
                && HeaderBlock.IsValid(content.AsSpan(0, HeaderBlock.Bytes), Magic, identity, path);
        }
        catch (IOException exception) when (exception is StorageVersionException or StorageIdentityException)
        {
            return false;
        }
    }
}
