namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>A disk with as much room as the test says; only files that grow need any. Safe from several
/// threads.</summary>
internal sealed class FullDisk(IDisk disk) : IDisk
{
    private const int NoSpace = 28;
    private readonly Lock _gate = new();
    private long _room = long.MaxValue / 2;

    /// <summary>Bytes that files may still grow by.</summary>
    public long Room
    {
        get
        {
            lock (_gate)
            {
                return _room;
            }
        }

        set
        {
            lock (_gate)
            {
                _room = value;
            }
        }
    }

    public void CreateDirectory(string path) => disk.CreateDirectory(path);

    public IReadOnlyList<string> ListFiles(string directory) => disk.ListFiles(directory);

    public IReadOnlyList<string> ListDirectories(string directory) => disk.ListDirectories(directory);

    public IDiskFile Open(string path, bool create) => new File(this, disk.Open(path, create));

    public void Rename(string from, string to) => disk.Rename(from, to);

    public void Delete(string path)
    {
        if (disk.ListFiles(Path.GetDirectoryName(path)!).Contains(Path.GetFileName(path)))
        {
            using var file = disk.Open(path, create: false);
            lock (_gate)
            {
                _room += file.Length;
            }
        }

        disk.Delete(path);
    }

    public void SyncDirectory(string path) => disk.SyncDirectory(path);

    public IDisposable Lock(string directory) => disk.Lock(directory);

    private void Take(long bytes)
    {
        lock (_gate)
        {
            if (bytes > _room)
            {
                throw new DiskFullException("no room", NoSpace);
            }

            _room -= bytes;
        }
    }

    private sealed class File(FullDisk owner, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            owner.Take(Math.Max(0, offset + bytes.Length - file.Length));
            file.Write(offset, bytes);
        }

        public void SetLength(long length) => file.SetLength(length);

        public void Sync() => file.Sync();

        public void Dispose() => file.Dispose();
    }
}
