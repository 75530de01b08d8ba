using System.Diagnostics;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication;

/// <summary>A disk whose syncs of log segments are timed; all else passes through.</summary>
internal sealed class MeasuredDisk(IDisk disk, IReplicaMeasures measures) : IDisk
{
    /// <inheritdoc/>
    public void CreateDirectory(string path) => disk.CreateDirectory(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> ListFiles(string directory) => disk.ListFiles(directory);

    /// <inheritdoc/>
    public IDiskFile Open(string path, bool create)
    {
        var file = disk.Open(path, create);
        var name = Path.GetFileName(path);
        var isSegment = FileNames.SegmentSequence(name) is not null
            || (FileNames.IsTemporary(name)
                && FileNames.SegmentSequence(name[..^FileNames.Temporary.Length]) is not null);
        return isSegment ? new Segment(file, measures) : file;
    }

    /// <inheritdoc/>
    public void Rename(string from, string to) => disk.Rename(from, to);

    /// <inheritdoc/>
    public void Delete(string path) => disk.Delete(path);

    /// <inheritdoc/>
    public void SyncDirectory(string path) => disk.SyncDirectory(path);

    /// <inheritdoc/>
    public IDisposable Lock(string directory) => disk.Lock(directory);

    private sealed class Segment(IDiskFile file, IReplicaMeasures measures) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

        public void Write(long offset, ReadOnlySpan<byte> bytes) => file.Write(offset, bytes);

        public void SetLength(long length) => file.SetLength(length);

        public void Sync()
        {
            var started = Stopwatch.GetTimestamp();
            file.Sync();
            measures.LogSynced(Stopwatch.GetElapsedTime(started));
        }

        public void Dispose() => file.Dispose();
    }
}
