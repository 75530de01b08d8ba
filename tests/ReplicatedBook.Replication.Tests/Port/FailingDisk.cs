namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>A disk whose syncs can be made to fail.</summary>
internal sealed class FailingDisk(IDisk disk) : IDisk
{
    private volatile bool _failSyncs;

    public bool FailSyncs
    {
        get => _failSyncs;
        set => _failSyncs = value;
    }

    public void CreateDirectory(string path) => disk.CreateDirectory(path);

    public IReadOnlyList<string> ListFiles(string directory) => disk.ListFiles(directory);

    public IDiskFile Open(string path, bool create) => new FailingFile(this, disk.Open(path, create));

    public void Rename(string from, string to) => disk.Rename(from, to);

    public void Delete(string path) => disk.Delete(path);

    public void SyncDirectory(string path)
    {
        ThrowWhenFailing();
        disk.SyncDirectory(path);
    }

    public IDisposable Lock(string directory) => disk.Lock(directory);

    private void ThrowWhenFailing()
    {
        if (FailSyncs)
        {
            throw new IOException("sync failed: EIO (injected)");
        }
    }

    private sealed class FailingFile(FailingDisk disk, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

        public void Write(long offset, ReadOnlySpan<byte> bytes) => file.Write(offset, bytes);

        public void SetLength(long length) => file.SetLength(length);

        public void Sync()
        {
            disk.ThrowWhenFailing();
            file.Sync();
        }

        public void Dispose() => file.Dispose();
    }
}
