using System.Collections.Concurrent;
using System.Diagnostics;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication;

/// <summary>A disk whose syncs of log segments are timed; all else passes through.</summary>
internal sealed class MeasuredDisk(IDisk disk, IReplicaMeasures measures) : IDisk
{
    private readonly ConcurrentDictionary<string, TimedFile> _made = new();

    /// <inheritdoc/>
    public void CreateDirectory(string path) => disk.CreateDirectory(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> ListFiles(string directory) => disk.ListFiles(directory);

    /// <inheritdoc/>
    public IReadOnlyList<string> ListDirectories(string directory) => disk.ListDirectories(directory);

    /// <inheritdoc/>
    public IDiskFile Open(string path, bool create)
    {
        var file = disk.Open(path, create);
        if (!create)
        {
            return IsSegment(path) ? new TimedFile(file, measures) { IsTimed = true } : file;
        }

        // A segment is zeroed under another name and stays open when it gets its own: it is timed from then on.
        var made = new TimedFile(file, measures) { IsTimed = IsSegment(path) };
        _made[path] = made;
        return made;
    }

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        disk.Rename(from, to);
        if (_made.TryRemove(from, out var file))
        {
            file.IsTimed = IsSegment(to);
        }
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        disk.Delete(path);
        _made.TryRemove(path, out _);
    }

    /// <inheritdoc/>
    public void SyncDirectory(string path) => disk.SyncDirectory(path);

    /// <inheritdoc/>
    public IDisposable Lock(string directory) => disk.Lock(directory);

    private static bool IsSegment(string path) => FileNames.SegmentSequence(Path.GetFileName(path)) is not null;

    private sealed class TimedFile(IDiskFile file, IReplicaMeasures measures) : IDiskFile
    {
        private volatile bool _isTimed;

        public bool IsTimed
        {
            get => _isTimed;
            set => _isTimed = value;
        }

        public long Length => file.Length;

        public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

        public void Write(long offset, ReadOnlySpan<byte> bytes) => file.Write(offset, bytes);

        public void SetLength(long length) => file.SetLength(length);

        public void Sync()
        {
            if (!_isTimed)
            {
                file.Sync();
                return;
            }

            var started = Stopwatch.GetTimestamp();
            file.Sync();
            measures.LogSynced(Stopwatch.GetElapsedTime(started));
        }

        public void Dispose() => file.Dispose();
    }
}
