using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.MarketData;

namespace ReplicatedBook.Node.Tests.MarketData;

/// <summary>A follower of a book order by order, beside the state of which it is told.</summary>
internal sealed class WatchedOrders : IDisposable
{
    private readonly DataVenue _venue;
    private readonly InstrumentTerms _terms;
    private readonly CancellationTokenSource _end = new();
    private readonly IAsyncEnumerator<OrderUpdate> _updates;
    private readonly Queue<(long Index, RestingOrderView[] Bids, RestingOrderView[] Asks)> _expected = new();
    private readonly List<OrderLine> _orders = [];
    private RestingOrderView[] _bids = [];
    private RestingOrderView[] _asks = [];
    private RestingOrderView[] _seenBids = [];
    private RestingOrderView[] _seenAsks = [];
    private long _index;

    private WatchedOrders(DataVenue venue, int instrument)
    {
        _venue = venue;
        _terms = venue.Terms(instrument);
        _updates = venue.Orders.FollowAsync(_terms, null, _end.Token).GetAsyncEnumerator(_end.Token);
    }

    /// <summary>How many there were.</summary>
    public int Updates { get; private set; }

    public static async Task<WatchedOrders> StartAsync(DataVenue venue, int instrument)
    {
        var watched = new WatchedOrders(venue, instrument);
        Assert.True(await watched._updates.MoveNextAsync());
        var snapshot = watched._updates.Current;
        Assert.Equal(BookUpdateKind.Snapshot, snapshot.Kind);
        watched._orders.AddRange(snapshot.Added);
        watched._index = snapshot.Index;
        watched._bids = watched._seenBids = watched.Side(Matching.Values.Side.Buy);
        watched._asks = watched._seenAsks = watched.Side(Matching.Values.Side.Sell);
        return watched;
    }

    /// <summary>Notes how the state is now, if it is different.</summary>
    public void Expect()
    {
        var book = _venue.Replica.Exchange.Book(_terms.Id, int.MaxValue, withOrders: true)!;
        var (bids, asks) = (book.BidOrders.ToArray(), book.AskOrders.ToArray());
        if (!bids.AsSpan().SequenceEqual(_bids) || !asks.AsSpan().SequenceEqual(_asks))
        {
            (_bids, _asks) = (bids, asks);
            _expected.Enqueue((_venue.Replica.Index, bids, asks));
        }
    }

    /// <summary>Takes all updates there must be.</summary>
    public async Task CatchUpAsync()
    {
        while (_expected.TryDequeue(out var expected))
        {
            await TakeNextAsync();
            while (_index < expected.Index)
            {
                // An iceberg alone at its price that shows an equal peak again: new to its place, and to nobody's eye.
                Assert.Equal(_seenBids, Side(Matching.Values.Side.Buy));
                Assert.Equal(_seenAsks, Side(Matching.Values.Side.Sell));
                await TakeNextAsync();
            }

            Updates++;
            Assert.Equal(expected.Index, _index);
            Assert.Equal(expected.Bids, Side(Matching.Values.Side.Buy));
            Assert.Equal(expected.Asks, Side(Matching.Values.Side.Sell));
            (_seenBids, _seenAsks) = (expected.Bids, expected.Asks);
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task TakeNextAsync()
    {
        Assert.True(await _updates.MoveNextAsync());
        Take(_updates.Current);
    }

    private void Take(OrderUpdate update)
    {
        Assert.Equal(BookUpdateKind.Delta, update.Kind);
        Assert.Equal(_index, update.PrevIndex);
        _index = update.Index;
        foreach (var removed in update.Removed)
        {
            Assert.Equal(1, _orders.RemoveAll(order => order.Order == removed));
        }

        foreach (var changed in update.Changed)
        {
            var place = _orders.FindIndex(order => order.Order == changed.Order);
            Assert.Equal(_orders[place] with { Quantity = changed.Quantity }, changed);
            _orders[place] = changed;
        }

        _orders.AddRange(update.Added);
    }

    /// <summary>Best price first, at one price in the order in which they came.</summary>
    private RestingOrderView[] Side(Side side) =>
    [
        .. _orders.Where(order => order.Side == side)
            .OrderBy(order => side == Matching.Values.Side.Buy ? -order.Price.Ticks : order.Price.Ticks)
            .Select(order => new RestingOrderView(order.Price, order.Quantity, order.Order)),
    ];
}
