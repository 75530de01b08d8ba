using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.MarketData;

/// <summary>A book from a past index on, for one follower who comes back: the state as it was there, and the events
/// since.</summary>
internal sealed class BookReplay
{
    private const int EntriesAtOnce = 256;

    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(50);

    private readonly EventHistory _history;
    private readonly TimeProvider _time;
    private readonly EventRouter _router = new();

    private BookReplay(FollowedBook past, EventHistory history, TimeProvider time)
    {
        Book = past;
        _history = history;
        _time = time;
        _router.Add(past);
    }

    /// <summary>The book; nobody else's.</summary>
    public FollowedBook Book { get; }

    /// <summary>The last entry it has.</summary>
    public long Index => Book.Changes.Head;

    /// <summary>Makes one.</summary>
    /// <param name="book">The followed book whose past is wanted.</param>
    /// <param name="index">The index to begin after; applied here.</param>
    /// <param name="reader">Makes the state.</param>
    /// <param name="history">Has the events since.</param>
    /// <param name="time">For pauses.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    /// <returns>Null when what is needed is no longer held.</returns>
    public static async ValueTask<BookReplay?> StartAsync(
        FollowedBook book, long index, IReplicaReader reader, EventHistory history, TimeProvider time,
        CancellationToken cancellation)
    {
        var reading = await reader.ReadAtAsync(
            index, exchange => BookImage.Of(exchange, book.Instruments), cancellation);
        return reading is { Value: { } image }
            ? new BookReplay(book.PastOf(image, index), history, time)
            : null;
    }

    /// <summary>Goes on by a page of the feed.</summary>
    /// <returns>What changed; null when the feed does not reach back that far any more.</returns>
    public async ValueTask<IReadOnlyList<BookChange>?> AdvanceAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var reading = await _history.ReadAsync(Index + 1, EntriesAtOnce, cancellation);
            if (reading.Page is { } page)
            {
                return Take(page);
            }

            if (!reading.IsBusy)
            {
                return null;
            }

            await Task.Delay(BusyPause, _time, cancellation);
        }
    }

    private List<BookChange> Take(FeedPage page)
    {
        var (before, changes) = (Index, new List<BookChange>());
        foreach (var entry in page.Entries)
        {
            _router.Take(entry);
        }

        Book.MoveTo(page.NextIndex - 1);
        Book.Changes.TryRead(before, int.MaxValue, changes, out _);
        Book.Changes.StartAfter(Index); // They are given away, and would only pile up here.
        return changes;
    }
}
