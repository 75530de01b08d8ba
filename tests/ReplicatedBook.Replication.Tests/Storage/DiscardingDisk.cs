using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>Takes everything and keeps nothing, without allocating: what is measured above it is the storage's
/// own.</summary>
internal sealed class DiscardingDisk : IDisk
{
    public void CreateDirectory(string path)
    {
    }

    public IReadOnlyList<string> ListFiles(string directory) => [];

    public IReadOnlyList<string> ListDirectories(string directory) => [];

    public IDiskFile Open(string path, bool create) => new DiscardingFile();

    public void Rename(string from, string to)
    {
    }

    public void Delete(string path)
    {
    }

    public void SyncDirectory(string path)
    {
    }

    public IDisposable Lock(string directory) => new DiscardingFile();

    private sealed class DiscardingFile : IDiskFile
    {
        public long Length { get; private set; }

        public int Read(long offset, Span<byte> buffer) => 0;

        public void Write(long offset, ReadOnlySpan<byte> bytes) => Length = Math.Max(Length, offset + bytes.Length);

        public void SetLength(long length) => Length = length;

        public void Sync()
        {
        }

        public void Dispose()
        {
        }
    }
}
