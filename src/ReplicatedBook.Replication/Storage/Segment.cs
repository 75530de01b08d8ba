using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>The segment that is written to.</summary>
/// <remarks>The file was zeroed before it became a segment; one that was not, because it is the first or was needed too
/// early, is zeroed ahead of use in bounded steps, each under the sync of the records that made it necessary. So a sync
/// changes neither size nor blocks of the file and costs no journal commit; and no write waits for a whole segment to
/// be zeroed.</remarks>
internal sealed class Segment : IDisposable
{
    /// <summary>Bytes zeroed at a time while the log waits; chosen by reasoning, not by measurement.</summary>
    public const int ZeroStepBytes = 1 << 20;

    private readonly IDiskFile _file;
    private readonly long _segmentBytes;

    private Segment(string path, IDiskFile file, in SegmentHeader header, long tag, long position, long segmentBytes)
    {
        Path = path;
        _file = file;
        Header = header;
        Tag = tag;
        Position = position;
        _segmentBytes = segmentBytes;
        FileBytes = file.Length;
    }

    /// <summary>Zeroes to write.</summary>
    public static ReadOnlyMemory<byte> Zeroes { get; } = new byte[ZeroStepBytes];

    public string Path { get; }

    public SegmentHeader Header { get; }

    /// <summary>Number that the segment's proofs carry.</summary>
    public long Tag { get; }

    /// <summary>Where the next record goes.</summary>
    public long Position { get; private set; }

    /// <summary>Size of the file, zeroed space included.</summary>
    public long FileBytes { get; private set; }

    /// <summary>Makes a zeroed file a segment, durable with its header and its name.</summary>
    /// <param name="checksum">Checksum of its header, which the first record names.</param>
    public static Segment Create(
        SpareSegment spare, string directory, StorageIdentity identity, in SegmentHeader header, long segmentBytes,
        out uint checksum)
    {
        var block = new byte[HeaderBlock.Bytes];
        checksum = header.Encode(block, identity);
        spare.File.Write(0, block);
        spare.File.Sync();
        var path = spare.Name(directory, header.Sequence);
        return new Segment(path, spare.File, header, header.Tag(checksum), HeaderBlock.Bytes, segmentBytes);
    }

    /// <summary>Goes on with a segment where reading it ended.</summary>
    public static Segment Open(IDisk disk, SegmentReader reader, long segmentBytes) =>
        new(reader.Path, disk.Open(reader.Path, create: false), reader.Header, reader.Tag, reader.Offset, segmentBytes);

    /// <summary>Zeroes a part of a file.</summary>
    public static void Zero(IDiskFile file, long from, long to)
    {
        for (var at = from; at < to; at += ZeroStepBytes)
        {
            file.Write(at, Zeroes.Span[..(int)Math.Min(ZeroStepBytes, to - at)]);
        }
    }

    /// <summary>Makes sure that there is zeroed space up to a place, before anything that needs it is
    /// written.</summary>
    /// <exception cref="DiskFullException">There is no room; nothing but zeroes behind the end was written, and it may
    /// be tried again.</exception>
    public void Reserve(long end)
    {
        // Half a step early, so that the small writes that follow find zeroed space.
        var isNeeded = end > FileBytes;
        if (!isNeeded && (FileBytes >= _segmentBytes || FileBytes - end >= ZeroStepBytes / 2))
        {
            return;
        }

        var target = Math.Max(end, Math.Min(Math.Max(FileBytes, end) + ZeroStepBytes, _segmentBytes));
        try
        {
            Zero(_file, FileBytes, target);
            FileBytes = target;
        }
        catch (DiskFullException) when (!isNeeded)
        {
            // Later, then.
        }
    }

    /// <summary>Writes records; durable after <see cref="Sync"/>.</summary>
    public void Append(ReadOnlySpan<byte> records)
    {
        _file.Write(Position, records);
        Position += records.Length;
        FileBytes = Math.Max(FileBytes, Position);
    }

    /// <summary>Returns once all that was appended is on the disk.</summary>
    public void Sync() => _file.Sync();

    public void Dispose() => _file.Dispose();
}
