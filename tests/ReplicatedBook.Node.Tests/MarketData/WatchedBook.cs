using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.MarketData;

namespace ReplicatedBook.Node.Tests.MarketData;

/// <summary>A follower of a book beside the state of which it is told.</summary>
internal sealed class WatchedBook : IDisposable
{
    private readonly DataVenue _venue;
    private readonly InstrumentTerms _terms;
    private readonly int _depth;
    private readonly CancellationTokenSource _end = new();
    private readonly IAsyncEnumerator<BookUpdate> _updates;
    private readonly Queue<(long Index, BookLine[] Bids, BookLine[] Asks, uint Checksum)> _expected = new();
    private readonly KeptBook _book = new();
    private BookLine[] _bids = [];
    private BookLine[] _asks = [];

    private WatchedBook(DataVenue venue, int instrument, int depth)
    {
        _venue = venue;
        _terms = venue.Terms(instrument);
        _depth = depth == 0 ? int.MaxValue : depth;
        _updates = venue.Books.FollowAsync(_terms, depth, TimeSpan.Zero, null, _end.Token)
            .GetAsyncEnumerator(_end.Token);
    }

    /// <summary>How many there were.</summary>
    public int Updates { get; private set; }

    public static async Task<WatchedBook> StartAsync(DataVenue venue, int instrument, int depth)
    {
        var watched = new WatchedBook(venue, instrument, depth);
        Assert.True(await watched._updates.MoveNextAsync());
        Assert.Equal(BookUpdateKind.Snapshot, watched._updates.Current.Kind);
        watched._book.Take(watched._updates.Current);
        (watched._bids, watched._asks) = ([.. watched._book.Bids], [.. watched._book.Asks]);
        return watched;
    }

    /// <summary>Notes how the state is now, if it is different in view.</summary>
    public void Expect()
    {
        var book = _venue.Replica.Exchange.Book(_terms.Id, int.MaxValue, withOrders: false)!;
        var (bids, asks) = KeptBook.Of(book, _depth);
        if (!bids.AsSpan().SequenceEqual(_bids) || !asks.AsSpan().SequenceEqual(_asks))
        {
            (_bids, _asks) = (bids, asks);
            _expected.Enqueue((_venue.Replica.Index, bids, asks, BookChecksum.Of(book, _terms)));
        }
    }

    /// <summary>Takes all updates there must be.</summary>
    public async Task CatchUpAsync()
    {
        while (_expected.TryDequeue(out var expected))
        {
            Assert.True(await _updates.MoveNextAsync());
            _book.Take(_updates.Current);
            Updates++;
            Assert.Equal(expected.Index, _book.Index);
            Assert.Equal(expected.Checksum, _book.Checksum);
            _book.RequireIs(expected.Bids, expected.Asks);
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }
}
