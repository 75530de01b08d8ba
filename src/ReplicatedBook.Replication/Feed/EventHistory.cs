namespace ReplicatedBook.Replication.Feed;

/// <summary>The feed as far back as this node has it: from its journal on the disk, and from there on from memory,
/// without a gap or a repetition in between. Safe from any thread.</summary>
public sealed class EventHistory
{
    private readonly EventFeed _recent;
    private readonly EventJournal? _journal;
    private readonly TimeSpan _maxWait;
    private readonly SemaphoreSlim _reads;

    /// <summary>A feed without a journal: what is in memory is all.</summary>
    public EventHistory(EventFeed recent)
        : this(recent, null, new JournalOptions())
    {
    }

    internal EventHistory(EventFeed recent, EventJournal? journal, JournalOptions options)
    {
        _recent = recent;
        _journal = journal;
        _maxWait = options.MaxReadWait;
        _reads = new SemaphoreSlim(options.MaxReads, options.MaxReads);
    }

    /// <summary>Lowest index from which reading can start without a gap.</summary>
    public long OldestIndex
    {
        get
        {
            var recent = _recent.OldestIndex;
            return _journal?.OldestIndex is { } oldest ? Math.Min(oldest, recent) : recent;
        }
    }

    /// <summary>Last applied index.</summary>
    public long HeadIndex => _recent.HeadIndex;

    /// <summary>Bytes of the journal's files; 0 without one.</summary>
    public long JournalBytes => _journal?.Bytes ?? 0;

    /// <summary>How often the journal lost events since the process began; 0 without one.</summary>
    public long JournalLosses => _journal?.Losses ?? 0;

    /// <summary>Entries with events from an index on, in order, up to a limit of entries and about 128 KiB. Waits while
    /// they are being made anew, and for its turn at the disk.</summary>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public async ValueTask<FeedReading> ReadAsync(long fromIndex, int maxEntries, CancellationToken cancellation)
    {
        if (_recent.Read(fromIndex, maxEntries) is { } page)
        {
            return new FeedReading(page);
        }

        return _journal is null ? default : await ReadOlderAsync(_journal, fromIndex, maxEntries, cancellation);
    }

    /// <summary>Completes when an entry at or after an index has been applied.</summary>
    public Task WaitAsync(long index, CancellationToken cancellation) => _recent.WaitAsync(index, cancellation);

    private async ValueTask<FeedReading> ReadOlderAsync(
        EventJournal journal, long from, int maxEntries, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(_maxWait);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            while (true)
            {
                var change = journal.NextChange(); // Taken before looking, so that none is missed.
                switch (journal.Find(from))
                {
                    case JournalPlace.Held:
                        if (await ReadHeldAsync(journal, from, maxEntries, both.Token) is { } page)
                        {
                            return new FeedReading(page);
                        }

                        break; // Released or found damaged just now: to be looked for again.
                    case JournalPlace.Awaited:
                        await change.WaitAsync(both.Token);
                        break;
                    default:
                        // It may have been put into memory in between, when all began anew behind a snapshot.
                        return new FeedReading(_recent.Read(from, maxEntries));
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new FeedReading(null, IsBusy: true);
        }
    }

    private async ValueTask<FeedPage?> ReadHeldAsync(
        EventJournal journal, long from, int maxEntries, CancellationToken cancellation)
    {
        await _reads.WaitAsync(cancellation);
        try
        {
            return journal.Read(from, maxEntries) is { } page
                ? new FeedPage(page.Entries, page.NextIndex, _recent.HeadIndex)
                : null;
        }
        finally
        {
            _reads.Release();
        }
    }
}
