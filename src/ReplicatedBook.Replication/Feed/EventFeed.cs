using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Replication.Feed;

/// <summary>The events of the last applied entries, in memory, for readers on any thread; one writer.</summary>
public sealed class EventFeed
{
    private readonly Lock _gate = new();
    private readonly FeedEntry[] _ring;
    private readonly long _maxBytes;
    private readonly List<Waiter> _waiters = [];
    private long _first;
    private long _count;
    private long _bytes;
    private long _oldestIndex = 1;
    private long _headIndex;

    /// <summary>A feed that keeps at most so many entries and bytes of events; the oldest go first.</summary>
    public EventFeed(int maxEntries, long maxBytes)
        : this(maxEntries, maxBytes, null)
    {
    }

    /// <summary>A feed whose entries go to a journal too, if there is one.</summary>
    internal EventFeed(int maxEntries, long maxBytes, JournalQueue? journal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEntries, 1);
        Journal = journal;
        _ring = new FeedEntry[maxEntries];
        _maxBytes = maxBytes;
    }

    /// <summary>Trades applied here so far.</summary>
    public TradeTally Trades { get; } = new();

    /// <summary>On the way to the journal; null without one.</summary>
    internal JournalQueue? Journal { get; }

    /// <summary>Lowest index from which reading can start without a gap; HeadIndex + 1 when nothing is kept.</summary>
    public long OldestIndex
    {
        get
        {
            lock (_gate)
            {
                return _oldestIndex;
            }
        }
    }

    /// <summary>Last applied index.</summary>
    public long HeadIndex
    {
        get
        {
            lock (_gate)
            {
                return _headIndex;
            }
        }
    }

    /// <summary>Entries with events from an index on, in order, up to a limit of entries and about 128 KiB: a reader
    /// that stands still holds its page on long after the feed has let go of it.</summary>
    /// <returns>None when <paramref name="fromIndex"/> is below <see cref="OldestIndex"/>.</returns>
    public FeedPage? Read(long fromIndex, int maxEntries)
    {
        lock (_gate)
        {
            if (fromIndex < _oldestIndex)
            {
                return null;
            }

            var start = Find(fromIndex);
            var entries = new List<FeedEntry>((int)Math.Min(maxEntries, _count - start));
            for (long bytes = 0; IsPublished(start) && entries.Count < maxEntries && bytes < EventJournal.MaxPageBytes;)
            {
                entries.Add(At(start++));
                bytes += entries[^1].Events.Length;
            }

            var next = IsPublished(start) ? At(start).Index : Math.Max(_headIndex + 1, fromIndex);
            return new FeedPage(entries, next, _headIndex);
        }
    }

    /// <summary>Completes when an entry at or after an index has been applied.</summary>
    public Task WaitAsync(long index, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_headIndex >= index)
            {
                return Task.CompletedTask;
            }

            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var waiter = new Waiter(index, source);
            _waiters.Add(waiter);
            return WaitAsync(waiter, cancellation);
        }
    }

    /// <summary>Goes back to an empty feed that starts after a snapshot.</summary>
    internal void StartAfter(long index)
    {
        Journal?.StartAfter(index);
        lock (_gate)
        {
            Array.Clear(_ring);
            (_first, _count, _bytes) = (0, 0, 0);
            (_oldestIndex, _headIndex) = (index + 1, index);
        }
    }

    /// <summary>Adds the events of an applied entry; readers see them with the next <see cref="Publish"/>.</summary>
    internal void Add(FeedEntry entry)
    {
        Journal?.Add(in entry);
        lock (_gate)
        {
            while (_count == _ring.Length || (_count > 0 && _bytes + entry.Events.Length > _maxBytes))
            {
                var dropped = At(0);
                _bytes -= dropped.Events.Length;
                _oldestIndex = dropped.Index + 1;
                _ring[_first] = default; // Its memory is to be collected.
                _first = (_first + 1) % _ring.Length;
                _count--;
            }

            _ring[(_first + _count) % _ring.Length] = entry;
            _count++;
            _bytes += entry.Events.Length;
        }
    }

    /// <summary>Moves the head and wakes who waits for it.</summary>
    internal void Publish(long headIndex)
    {
        Journal?.Publish(headIndex);
        lock (_gate)
        {
            _headIndex = headIndex;
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (_waiters[i].Index <= headIndex)
                {
                    _waiters[i].Source.TrySetResult();
                    _waiters.RemoveAt(i);
                }
            }
        }
    }

    /// <summary>Who gives up is forgotten at once: where nothing happens, nobody else would do it.</summary>
    private async Task WaitAsync(Waiter waiter, CancellationToken cancellation)
    {
        try
        {
            await waiter.Source.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                _waiters.Remove(waiter);
            }

            throw;
        }
    }

    private FeedEntry At(long position) => _ring[(_first + position) % _ring.Length];

    /// <summary>Entries that were added but not published yet lie above the head: a reader who was given them would be
    /// told to go on at the head, and get them twice.</summary>
    private bool IsPublished(long position) => position < _count && At(position).Index <= _headIndex;

    /// <summary>Position of the first entry at or after an index.</summary>
    private long Find(long index)
    {
        long low = 0, high = _count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (At(middle).Index < index)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private readonly record struct Waiter(long Index, TaskCompletionSource Source);
}
