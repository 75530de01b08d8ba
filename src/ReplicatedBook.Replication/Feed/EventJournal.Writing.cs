using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication.Feed;

/// <content>The side of the one thread that writes. An <see cref="IOException"/> of any of these leaves a journal that
/// must be given up (<see cref="GiveUp"/>).</content>
internal sealed partial class EventJournal
{
    private const int BufferBytes = 256 << 10;

    private readonly List<JournalBlock> _newBlocks = [];
    private byte[] _buffer = new byte[BufferBytes];
    private int _buffered;
    private IDiskFile? _file; // Of the last segment; null when nothing was written to it yet.

    /// <summary>Removes the journal of a directory that nobody uses.</summary>
    public static void Delete(IDisk disk, string directory)
    {
        foreach (var name in disk.ListFiles(directory).Where(JournalSegment.IsName))
        {
            disk.Delete(Path.Combine(directory, name));
        }
    }

    /// <summary>Takes over what is valid on the disk and hangs together from its beginning; removes the rest. Readers
    /// are let in by <see cref="Begin"/>.</summary>
    /// <param name="head">Last applied index: what lies beyond is not taken.</param>
    /// <returns>The index it begins after; null when there is nothing.</returns>
    public long? Open(long head)
    {
        var isEnded = false;
        foreach (var name in _disk.ListFiles(_directory).Where(JournalSegment.IsName))
        {
            var path = Path.Combine(_directory, name);
            var isWhole = false;
            var found = isEnded ? null : JournalSegment.Read(_disk, path, _identity, head, out isWhole);
            if (found is null || found.After > head || (_segments.Count > 0 && found.After != _covered))
            {
                _disk.Delete(path);
                isEnded = _segments.Count > 0;
                continue;
            }

            isEnded = !isWhole;
            if (isEnded)
            {
                // Torn, or ahead of what is applied: it is written on from here, and nothing behind it is of use.
                _file = _disk.Open(path, create: false);
                _file.SetLength(found.Bytes);
            }

            lock (_gate)
            {
                _segments.Add(found);
                _covered = found.Last;
            }
        }

        return _segments is [var first, ..] ? first.After : null;
    }

    /// <summary>Lets readers in.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _isOpen = true;
            Signal();
        }
    }

    /// <summary>Adds what came after the last entry told of.</summary>
    /// <param name="entries">In order; those told of already are passed over.</param>
    /// <param name="head">Between them and up to here there are no other events.</param>
    public void Append(IReadOnlyList<FeedEntry> entries, long head)
    {
        var covered = Covered;
        foreach (var entry in entries)
        {
            if (entry.Index > covered)
            {
                Put(in entry, covered);
                covered = entry.Index;
            }
        }

        if (head > covered)
        {
            Put(new FeedEntry(head, 0, default, default), covered);
            covered = head;
        }

        Flush(covered);
        KeepWithin(_options.MaxBytes);
    }

    /// <summary>Forgets all and begins after an index.</summary>
    public void Restart(long after)
    {
        RemoveAll();
        lock (_gate)
        {
            (_covered, _unreadable, _isOff) = (after, 0, false);
            Signal();
        }
    }

    /// <summary>Counts what could not be kept.</summary>
    public void CountLoss()
    {
        lock (_gate)
        {
            Losses++;
        }
    }

    /// <summary>Removes segments that end at or before an index; never the last.</summary>
    public void Trim(long upTo)
    {
        while (_segments.Count > 1 && _segments[0].Last <= upTo)
        {
            RemoveFirst();
        }
    }

    /// <summary>Writes nothing more and gives the room back: the log needs it more. Readers find only what is in
    /// memory, until <see cref="Restart"/>.</summary>
    public void GiveUp()
    {
        lock (_gate)
        {
            Losses++;
            _isOff = true;
            Signal();
        }

        try
        {
            RemoveAll();
        }
        catch (IOException exception)
        {
            _noted($"files of the journal of events cannot be removed: {exception.Message}");
        }
    }

    private void Put(in FeedEntry entry, long previous)
    {
        var size = JournalRecord.HeadBytes + entry.Events.Length;
        var position = _segments.Count == 0 ? long.MaxValue : _segments[^1].Bytes + _buffered;
        if (position > HeaderBlock.Bytes && position > _options.SegmentBytes - size)
        {
            Flush(previous);
            Roll(previous);
        }

        if (_buffered + size > _buffer.Length)
        {
            Flush(previous);
            _buffer = size > _buffer.Length ? new byte[size] : _buffer;
        }

        var segment = _segments[^1];
        var offset = segment.Bytes + _buffered;
        var last = _newBlocks.Count > 0 ? _newBlocks[^1] : segment.Blocks[^1];
        if (offset - last.Offset >= JournalSegment.BlockBytes)
        {
            _newBlocks.Add(new JournalBlock(previous, offset));
        }

        JournalRecord.Encode(_buffer.AsSpan(_buffered, size), in entry, previous);
        _buffered += size;
    }

    private void Flush(long covered)
    {
        if (_buffered == 0)
        {
            return;
        }

        var segment = _segments[^1];
        _file ??= _disk.Open(segment.Path, create: false);
        _file.Write(segment.Bytes, _buffer.AsSpan(0, _buffered));
        lock (_gate)
        {
            segment.Blocks.AddRange(_newBlocks);
            segment.Bytes += _buffered;
            segment.Last = _covered = covered;
            Signal();
        }

        _newBlocks.Clear();
        _buffered = 0;
        if (_buffer.Length > BufferBytes)
        {
            _buffer = new byte[BufferBytes]; // One huge entry; not worth keeping its memory.
        }
    }

    private void Roll(long after)
    {
        _file?.Dispose();
        _file = null;
        (var segment, _file) = JournalSegment.Create(_disk, _directory, _identity, after);
        lock (_gate)
        {
            _segments.Add(segment);
        }
    }

    private void KeepWithin(long maxBytes)
    {
        while (_segments.Count > 1 && Bytes > maxBytes)
        {
            RemoveFirst();
        }
    }

    private void RemoveFirst()
    {
        lock (_gate)
        {
            _disk.Delete(_segments[0].Path);
            _segments.RemoveAt(0);
        }
    }

    private void RemoveAll()
    {
        _file?.Dispose();
        _file = null;
        _newBlocks.Clear();
        _buffered = 0;
        while (_segments.Count > 0)
        {
            RemoveFirst();
        }
    }
}
