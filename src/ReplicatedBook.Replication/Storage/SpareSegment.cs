namespace ReplicatedBook.Replication.Storage;

/// <summary>A zeroed file that will be a segment. Nothing depends on it until it has its header and its name.</summary>
internal sealed class SpareSegment : IDisposable
{
    /// <summary>Bytes zeroed between two syncs when a whole segment is zeroed: one long sync would make the log's syncs
    /// wait behind it.</summary>
    private const long SyncStepBytes = 4L << 20;

    private readonly IDisk _disk;
    private readonly string _path;

    private SpareSegment(IDisk disk, string path, IDiskFile file)
    {
        _disk = disk;
        _path = path;
        File = file;
    }

    /// <summary>The open file.</summary>
    public IDiskFile File { get; }

    /// <summary>Zeroed bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Makes an empty one.</summary>
    /// <exception cref="DiskFullException">There is no room for it; nothing is left of it.</exception>
    public static SpareSegment Create(IDisk disk, string directory, long number)
    {
        var path = Path.Combine(directory, FileNames.Spare(number));
        return new SpareSegment(disk, path, disk.Open(path, create: true));
    }

    /// <summary>Zeroes it up to a size, of which a part may be on the disk when this returns.</summary>
    /// <exception cref="DiskFullException">There is no room; it is as long as before and may be grown
    /// again.</exception>
    public void Grow(long bytes)
    {
        Segment.Zero(File, Bytes, bytes);
        Bytes = Math.Max(Bytes, bytes);
    }

    /// <summary>Zeroes it up to a size and returns when that is on the disk, step by step.</summary>
    /// <exception cref="DiskFullException">There is no room.</exception>
    public void GrowAndSync(long bytes)
    {
        while (Bytes < bytes)
        {
            Grow(Math.Min(Bytes + SyncStepBytes, bytes));
            File.Sync();
        }
    }

    /// <summary>Gives it a segment's name, durably. Its content must be synced.</summary>
    /// <returns>Its path from now on.</returns>
    public string Name(string directory, long sequence)
    {
        var path = Path.Combine(directory, FileNames.Segment(sequence));
        _disk.Rename(_path, path);
        _disk.SyncDirectory(directory);
        return path;
    }

    /// <summary>Gives its room back.</summary>
    public void Delete()
    {
        Dispose();
        _disk.Delete(_path);
    }

    public void Dispose() => File.Dispose();
}
