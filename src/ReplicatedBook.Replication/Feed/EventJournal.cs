using System.Buffers;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication.Feed;

/// <summary>Events on this node's disk, without a gap from some index to some other; one thread writes, any thread
/// reads. Layout and rules: README.md.</summary>
/// <remarks>Nothing here is synced: whatever a crash leaves of it is checked, and the rest made anew.</remarks>
internal sealed partial class EventJournal : IDisposable
{
    /// <summary>Bytes of events after which a page ends.</summary>
    public const int MaxPageBytes = 128 << 10;

    private readonly Lock _gate = new();
    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly StorageIdentity _identity;
    private readonly JournalOptions _options;
    private readonly Action<string> _noted;
    private readonly List<JournalSegment> _segments = [];
    private long _covered;
    private long _unreadable;
    private bool _isOpen;
    private bool _isOff;
    private TaskCompletionSource? _changed;

    /// <summary>A journal that is not open yet: readers wait.</summary>
    public EventJournal(
        IDisk disk, string directory, StorageIdentity identity, JournalOptions options, Action<string> noted)
    {
        _disk = disk;
        _directory = directory;
        _identity = identity;
        _options = options;
        _noted = noted;
    }

    /// <summary>Lowest index that can be read; null while that is not known, or while nothing is written.</summary>
    public long? OldestIndex
    {
        get
        {
            lock (_gate)
            {
                return _isOpen && !_isOff ? Oldest : null;
            }
        }
    }

    /// <summary>The last index it tells of.</summary>
    public long Covered
    {
        get
        {
            lock (_gate)
            {
                return _covered;
            }
        }
    }

    /// <summary>Bytes of its files.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _segments.Sum(static segment => segment.Bytes);
            }
        }
    }

    /// <summary>How often events were lost to it: a damaged place, a disk that failed or was full, a gap that could
    /// not be filled.</summary>
    public long Losses { get; private set; }

    /// <summary>Whether a file more would still be within its bounds.</summary>
    public bool HasRoom => Bytes + _options.SegmentBytes <= _options.MaxBytes;

    private long Oldest =>
        1 + Math.Max(_segments is [var first, ..] ? first.After : _covered, _unreadable);

    /// <summary>Where an index is now.</summary>
    public JournalPlace Find(long index)
    {
        lock (_gate)
        {
            return _isOff ? JournalPlace.Gone
                : !_isOpen || index > _covered ? JournalPlace.Awaited
                : index < Oldest ? JournalPlace.Gone
                : JournalPlace.Held;
        }
    }

    /// <summary>Completes with the next change: more is written, or it begins anew.</summary>
    public Task NextChange()
    {
        lock (_gate)
        {
            _changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _changed.Task;
        }
    }

    /// <summary>Entries with events from an index on, up to a limit of entries and about 128 KiB.</summary>
    /// <returns>Null where nothing can be read at that index.</returns>
    public JournalPage? Read(long fromIndex, int maxEntries)
    {
        var entries = new List<FeedEntry>();
        var (next, bytes) = (fromIndex, 0L);
        while (entries.Count < maxEntries && bytes < MaxPageBytes)
        {
            var read = ReadBlock(next, maxEntries - entries.Count, entries);
            if (read is not { } part)
            {
                break;
            }

            (next, bytes) = (part.NextIndex, bytes + part.Bytes);
        }

        return next > fromIndex ? new JournalPage(entries, next) : null;
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>Reads from an index to the end of its block.</summary>
    private (long NextIndex, long Bytes)? ReadBlock(long from, int maxEntries, List<FeedEntry> entries)
    {
        JournalBlock block, end;
        IDiskFile file;
        lock (_gate)
        {
            if (_isOff || from > _covered || from < Oldest)
            {
                return null;
            }

            var segment = _segments[FindSegment(from)];
            (block, end) = segment.Find(from);
            try
            {
                file = _disk.Open(segment.Path, create: false); // Under the lock: so it is still there.
            }
            catch (IOException exception)
            {
                LosePlace(segment.Last, $"{segment.Path} cannot be opened: {exception.Message}");
                return null;
            }
        }

        using (file)
        {
            var content = new byte[end.Offset - block.Offset];
            return TryFill(file, block.Offset, content)
                && Parse(content, block, end, from, maxEntries, entries) is { } next
                ? (next, content.Length)
                : Lost(block, end);
        }
    }

    private (long NextIndex, long Bytes)? Lost(JournalBlock block, JournalBlock end)
    {
        lock (_gate)
        {
            LosePlace(end.Previous, $"a block behind entry {block.Previous} is damaged");
        }

        return null;
    }

    private static bool TryFill(IDiskFile file, long offset, byte[] content)
    {
        try
        {
            return file.Read(offset, content) == content.Length;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Takes the entries of a block, all of whose records must be valid as far as they are read.</summary>
    /// <returns>Where to go on; null at damage, and then none of the block's entries are given.</returns>
    private static long? Parse(
        ReadOnlyMemory<byte> content, JournalBlock block, JournalBlock end, long from, int maxEntries,
        List<FeedEntry> entries)
    {
        var previous = block.Previous;
        var before = entries.Count;
        for (var offset = 0; offset < content.Length;)
        {
            if (!JournalRecord.TryDecode(content.Span[offset..], previous, out var record))
            {
                entries.RemoveRange(before, entries.Count - before);
                return null;
            }

            if (record.Index >= from && record.EventBytes > 0)
            {
                entries.Add(new FeedEntry(
                    record.Index, record.Term, record.At,
                    content.Slice(offset + JournalRecord.HeadBytes, record.EventBytes)));
            }

            previous = record.Index;
            if (entries.Count - before == maxEntries)
            {
                return previous + 1;
            }

            offset += record.Size;
        }

        return previous == end.Previous ? previous + 1 : null;
    }

    /// <summary>Position of the segment that an index lies in.</summary>
    private int FindSegment(long index)
    {
        int low = 0, high = _segments.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_segments[middle].After < index)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    /// <summary>What is damaged is never read again in this process; the next start makes it anew.</summary>
    private void LosePlace(long upTo, string what)
    {
        if (upTo > _unreadable)
        {
            _unreadable = upTo;
            Losses++;
            _noted($"the journal of events cannot be read up to entry {upTo}: {what}");
        }
    }

    private void Signal()
    {
        _changed?.TrySetResult();
        _changed = null;
    }
}
