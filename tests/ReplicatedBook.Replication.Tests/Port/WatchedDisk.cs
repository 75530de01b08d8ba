namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>A disk whose syncs first do what the test says: wait, or fail.</summary>
internal sealed class WatchedDisk(IDisk disk) : IDisk
{
    private volatile Action _beforeSync = () => { };
    private volatile byte[]? _awaited;
    private Action _afterAwaited = () => { };

    /// <summary>Runs before each sync, on the thread that syncs.</summary>
    public Action BeforeSync
    {
        set => _beforeSync = value;
    }

    /// <summary>Lets syncs do something from the write on that contains certain bytes.</summary>
    public void BeforeSyncsFrom(byte[] written, Action beforeSync)
    {
        _afterAwaited = beforeSync;
        _awaited = written;
    }

    public void CreateDirectory(string path) => disk.CreateDirectory(path);

    public IReadOnlyList<string> ListFiles(string directory) => disk.ListFiles(directory);

    public IReadOnlyList<string> ListDirectories(string directory) => disk.ListDirectories(directory);

    public IDiskFile Open(string path, bool create) => new WatchedFile(this, disk.Open(path, create));

    public void Rename(string from, string to) => disk.Rename(from, to);

    public void Delete(string path) => disk.Delete(path);

    public void SyncDirectory(string path)
    {
        _beforeSync();
        disk.SyncDirectory(path);
    }

    public IDisposable Lock(string directory) => disk.Lock(directory);

    private sealed class WatchedFile(WatchedDisk watched, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            if (watched._awaited is { } awaited && bytes.IndexOf(awaited) >= 0)
            {
                watched._beforeSync = watched._afterAwaited;
            }

            file.Write(offset, bytes);
        }

        public void SetLength(long length) => file.SetLength(length);

        public void Sync()
        {
            watched._beforeSync();
            file.Sync();
        }

        public void Dispose() => file.Dispose();
    }
}
