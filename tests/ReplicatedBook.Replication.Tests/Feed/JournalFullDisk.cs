using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Replication.Tests.Feed;

/// <summary>A disk that at times has no room for the journal's files, and always for all others.</summary>
internal sealed class JournalFullDisk(IDisk disk) : IDisk
{
    private const int NoSpace = 28;

    private volatile bool _isFull;

    public bool IsFull
    {
        get => _isFull;
        set => _isFull = value;
    }

    public void CreateDirectory(string path) => disk.CreateDirectory(path);

    public IReadOnlyList<string> ListFiles(string directory) => disk.ListFiles(directory);

    public IReadOnlyList<string> ListDirectories(string directory) => disk.ListDirectories(directory);

    public IDiskFile Open(string path, bool create) => JournalSegment.IsName(Path.GetFileName(path))
        ? new JournalFile(this, disk.Open(path, create))
        : disk.Open(path, create);

    public void Rename(string from, string to) => disk.Rename(from, to);

    public void Delete(string path) => disk.Delete(path);

    public void SyncDirectory(string path) => disk.SyncDirectory(path);

    public IDisposable Lock(string directory) => disk.Lock(directory);

    private sealed class JournalFile(JournalFullDisk owner, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            if (owner.IsFull)
            {
                throw new DiskFullException("no room", NoSpace);
            }

            file.Write(offset, bytes);
        }

        public void SetLength(long length) => file.SetLength(length);

        public void Sync() => file.Sync();

        public void Dispose() => file.Dispose();
    }
}
