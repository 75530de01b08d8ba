namespace ReplicatedBook.Replication.Feed;

/// <summary>Events on their way to the journal: the replica puts, the journal's thread takes, neither waits for the
/// other. When it is full, all of it is forgotten, and the journal makes it anew from the log.</summary>
internal sealed class JournalQueue
{
    /// <summary>As much as the page cache takes in a fraction of a second.</summary>
    private const long MaxBytes = 32L << 20;

    private readonly Lock _gate = new();
    private readonly int _maxEntries;
    private List<FeedEntry> _entries = [];
    private int _published;
    private long _bytes;
    private long _after;
    private long _head;

    /// <summary>A queue of at most so many entries, and of 32 MiB of events.</summary>
    public JournalQueue(int maxEntries)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEntries, 1);
        _maxEntries = maxEntries;
    }

    /// <summary>What comes next follows a snapshot.</summary>
    public void StartAfter(long index)
    {
        lock (_gate)
        {
            Forget(index);
            _head = index;
        }
    }

    /// <summary>Adds the events of an entry; they can be taken after the next <see cref="Publish"/>.</summary>
    public void Add(in FeedEntry entry)
    {
        lock (_gate)
        {
            if (_entries.Count == _maxEntries || _bytes + entry.Events.Length > MaxBytes)
            {
                Forget(entry.Index);
                return;
            }

            _entries.Add(entry);
            _bytes += entry.Events.Length;
        }
    }

    /// <summary>All up to an index is applied.</summary>
    public void Publish(long headIndex)
    {
        lock (_gate)
        {
            (_head, _published) = (headIndex, _entries.Count);
        }
    }

    /// <summary>Takes all that is published since the last time.</summary>
    public JournalBatch Take()
    {
        lock (_gate)
        {
            var batch = new JournalBatch(
                _after, Math.Max(_head, _after), _published == 0 ? [] : _entries.GetRange(0, _published));
            _entries = _published == _entries.Count ? [] : _entries.GetRange(_published, _entries.Count - _published);
            _bytes = _entries.Sum(static entry => (long)entry.Events.Length);
            (_after, _published) = (batch.Head, 0);
            return batch;
        }
    }

    private void Forget(long after)
    {
        _entries = [];
        (_published, _bytes, _after) = (0, 0, after);
    }
}
