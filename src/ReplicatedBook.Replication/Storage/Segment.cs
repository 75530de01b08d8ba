using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>The segment that is written to.</summary>
/// <remarks>The file is zeroed ahead of use in bounded steps, each together with the records that made it necessary and
/// under their sync. Between two steps a sync changes neither size nor blocks of the file and so costs no journal
/// commit; and no write ever waits for a whole segment to be zeroed.</remarks>
internal sealed class Segment : IDisposable
{
    /// <summary>Bytes zeroed at a time; chosen by reasoning, not by measurement (README.md).</summary>
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

    /// <summary>Makes a segment, durable with its name and its first zeroed step.</summary>
    /// <param name="checksum">Checksum of its header, which the first record names.</param>
    public static Segment Create(
        IDisk disk, string directory, StorageIdentity identity, in SegmentHeader header, long segmentBytes,
        out uint checksum)
    {
        var content = new byte[Math.Min(ZeroStepBytes, segmentBytes)];
        checksum = header.Encode(content.AsSpan(0, HeaderBlock.Bytes), identity);
        var path = WholeFile.Create(
            disk, directory, FileNames.Segment(header.Sequence), file => file.Write(0, content));
        return new Segment(
            path, disk.Open(path, create: false), header, header.Tag(checksum), HeaderBlock.Bytes, segmentBytes);
    }

    /// <summary>Goes on with a segment where reading it ended.</summary>
    public static Segment Open(IDisk disk, SegmentReader reader, long segmentBytes) =>
        new(reader.Path, disk.Open(reader.Path, create: false), reader.Header, reader.Tag, reader.Offset, segmentBytes);

    /// <summary>Writes records; durable after <see cref="Sync"/>.</summary>
    public void Append(ReadOnlySpan<byte> records)
    {
        _file.Write(Position, records);
        Position += records.Length;
        FileBytes = Math.Max(FileBytes, Position);

        // Half a step early, so that the small writes that follow find zeroed space.
        if (FileBytes - Position < ZeroStepBytes / 2 && FileBytes < _segmentBytes)
        {
            var zeroes = (int)Math.Min(ZeroStepBytes, _segmentBytes - FileBytes);
            _file.Write(FileBytes, Zeroes.Span[..zeroes]);
            FileBytes += zeroes;
        }
    }

    /// <summary>Returns once all that was appended is on the disk.</summary>
    public void Sync() => _file.Sync();

    public void Dispose() => _file.Dispose();
}
