using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Replication.Feed;

/// <summary>The events of the last applied entries, in memory, for readers on any thread; one writer.</summary>
public sealed class EventFeed
{
    /// <summary>A feed that keeps at most so many entries and bytes of events; the oldest go first.</summary>
    public EventFeed(int maxEntries, long maxBytes) => throw new NotImplementedException();

    /// <summary>Lowest index from which reading can start without a gap; HeadIndex + 1 when nothing is kept.</summary>
    public long OldestIndex => throw new NotImplementedException();

    /// <summary>Last applied index.</summary>
    public long HeadIndex => throw new NotImplementedException();

    /// <summary>Entries with events from an index on, in order, up to a limit of entries.</summary>
    /// <returns>None when <paramref name="fromIndex"/> is below <see cref="OldestIndex"/>.</returns>
    public FeedPage? Read(long fromIndex, int maxEntries) => throw new NotImplementedException();

    /// <summary>Completes when an entry at or after an index has been applied.</summary>
    public Task WaitAsync(long index, CancellationToken cancellation) => throw new NotImplementedException();
}

/// <summary>Part of the feed.</summary>
/// <param name="Entries">Entries that have events, in order of index.</param>
/// <param name="NextIndex">Where to go on.</param>
/// <param name="HeadIndex">Last applied index at that moment.</param>
public sealed record FeedPage(IReadOnlyList<FeedEntry> Entries, long NextIndex, long HeadIndex);

/// <summary>The events of one entry.</summary>
/// <param name="Index">Log index.</param>
/// <param name="Term">Its term.</param>
/// <param name="At">Its cluster time.</param>
/// <param name="Events">Bytes for EventCodec; not changed after creation.</param>
public sealed record FeedEntry(long Index, long Term, Timestamp At, ReadOnlyMemory<byte> Events);
