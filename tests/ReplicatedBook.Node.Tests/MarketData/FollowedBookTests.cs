using ReplicatedBook.Node.MarketData;

namespace ReplicatedBook.Node.Tests.MarketData;

/// <summary>Goal: followers who come back, are slow, or want less keep the right book, and cost what they
/// may.</summary>
public sealed class FollowedBookTests
{
    private const int Spot = 1;
    private const int Outcome = 4; // Its orders stand in the book of 3.
    private const int Depth = 5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Method: the updates of one who was always there are what all who come back must be given, from
    /// whichever index; the changes kept are few, so most of the past is made anew.</summary>
    [Theory]
    [InlineData(Spot)]
    [InlineData(Outcome)]
    public async Task A_follower_resumes_from_any_index_without_a_gap(int instrument)
    {
        await using var venue = new DataVenue(null, ("Feed:MaxBookChanges", "150"));
        var traffic = new DataTraffic(venue.Replica, seed: 5);
        var all = venue.Books.FollowAsync(venue.Terms(instrument), Depth, TimeSpan.Zero, null, Cancellation)
            .GetAsyncEnumerator(Cancellation);
        Assert.True(await all.MoveNextAsync());
        var first = all.Current.Index;
        var updates = new List<BookUpdate>();
        var book = new KeptBook();
        for (var i = 0; i < 2_000; i++)
        {
            traffic.Apply();
            venue.Replica.Publish();
            while (!IsCurrent(book, venue, instrument))
            {
                Assert.True(await all.MoveNextAsync());
                book.Take(all.Current);
                updates.Add(all.Current);
            }
        }

        var random = new Random(1);
        for (var i = 0; i < 30; i++)
        {
            var from = i == 0 ? updates[^1].Index : random.NextInt64(first, venue.Replica.Index);
            var due = updates.Where(update => update.Index > from).ToList();
            var last = from;
            await using var resumed = venue.Books
                .FollowAsync(venue.Terms(instrument), Depth, TimeSpan.Zero, from, Cancellation)
                .GetAsyncEnumerator(Cancellation);
            foreach (var update in due)
            {
                Assert.True(await resumed.MoveNextAsync());
                Assert.Equal(BookUpdateKind.Delta, resumed.Current.Kind);
                Assert.Equal((last, update.Index), (resumed.Current.PrevIndex, resumed.Current.Index));
                Assert.Equal(update.Bids, resumed.Current.Bids);
                Assert.Equal(update.Asks, resumed.Current.Asks);
                Assert.Equal(update.Checksum, resumed.Current.Checksum);
                last = update.Index;
            }
        }

        Assert.True(updates.Count > 100);
        Assert.InRange(venue.Replica.Rebuilt, 10, 29);
        await all.DisposeAsync();
    }

    [Fact]
    public async Task A_follower_from_orders_resumes_without_a_gap()
    {
        await using var venue = new DataVenue(null, ("Feed:MaxBookChanges", "150"));
        var traffic = new DataTraffic(venue.Replica, seed: 6);
        var from = venue.Replica.Index;
        for (var i = 0; i < 1_000; i++)
        {
            traffic.Apply();
        }

        venue.Replica.Publish();
        var terms = venue.Terms(Spot);
        await using var holder = venue.Orders.FollowAsync(terms, null, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await holder.MoveNextAsync());
        await using var resumed = venue.Orders.FollowAsync(terms, from, Cancellation)
            .GetAsyncEnumerator(Cancellation);
        var (orders, last) = (new Dictionary<long, OrderLine>(), from);
        while (orders.Count != holder.Current.Added.Count || !holder.Current.Added.All(orders.ContainsValue))
        {
            Assert.True(await resumed.MoveNextAsync());
            Assert.Equal(last, resumed.Current.PrevIndex);
            last = resumed.Current.Index;
            foreach (var removed in resumed.Current.Removed)
            {
                Assert.True(orders.Remove(removed.Value));
            }

            foreach (var line in resumed.Current.Changed.Concat(resumed.Current.Added))
            {
                orders[line.Order.Value] = line;
            }
        }

        Assert.Equal(1, venue.Replica.Rebuilt);
    }

    [Fact]
    public async Task Where_the_past_is_compacted_a_follower_gets_a_snapshot()
    {
        await using var venue = new DataVenue();
        var from = venue.Replica.Index;
        new DataTraffic(venue.Replica, seed: 7).Apply();
        venue.Replica.Publish();
        venue.Replica.OldestIndex = venue.Replica.Index;

        await using var resumed = venue.Books
            .FollowAsync(venue.Terms(Spot), Depth, TimeSpan.Zero, from, Cancellation).GetAsyncEnumerator(Cancellation);

        Assert.True(await resumed.MoveNextAsync());
        Assert.Equal(BookUpdateKind.Snapshot, resumed.Current.Kind);
        Assert.Equal(venue.Replica.Index, resumed.Current.Index);
    }

    /// <summary>Method: every update is compared with the state at its index.</summary>
    [Fact]
    public async Task A_conflated_book_is_told_seldom_and_rightly()
    {
        await using var venue = new DataVenue();
        var traffic = new DataTraffic(venue.Replica, seed: 8);
        var states = new Dictionary<long, (BookLine[] Bids, BookLine[] Asks)>();
        await using var follower = venue.Books
            .FollowAsync(venue.Terms(Spot), Depth, TimeSpan.FromMilliseconds(5), null, Cancellation)
            .GetAsyncEnumerator(Cancellation);
        var (book, updates) = (new KeptBook(), 0);
        states[venue.Replica.Index] = KeptBook.Of(StateOf(venue, Spot), Depth);
        Assert.True(await follower.MoveNextAsync());
        book.Take(follower.Current);
        for (var i = 0; i < 5_000; i++)
        {
            traffic.Apply();
            states[venue.Replica.Index] = KeptBook.Of(StateOf(venue, Spot), Depth);
            if (i % 500 != 499)
            {
                continue;
            }

            venue.Replica.Publish();
            while (!IsCurrent(book, venue, Spot))
            {
                Assert.True(await follower.MoveNextAsync());
                book.Take(follower.Current);
                book.RequireIs(states[book.Index].Bids, states[book.Index].Asks);
                updates++;
            }
        }

        Assert.InRange(updates, 5, 200);
    }

    [Fact]
    public async Task A_conflated_follower_who_comes_back_is_told_the_difference()
    {
        await using var venue = new DataVenue();
        var traffic = new DataTraffic(venue.Replica, seed: 9);
        for (var i = 0; i < 500; i++)
        {
            traffic.Apply();
        }

        venue.Replica.Publish();
        var terms = venue.Terms(Spot);
        var book = new KeptBook();
        await using (var before = venue.Books.FollowAsync(terms, Depth, TimeSpan.Zero, null, Cancellation)
            .GetAsyncEnumerator(Cancellation))
        {
            Assert.True(await before.MoveNextAsync());
            book.Take(before.Current);
        }

        while (IsCurrent(book, venue, Spot))
        {
            traffic.Apply();
            venue.Replica.Publish();
        }

        await using var after = venue.Books
            .FollowAsync(terms, Depth, TimeSpan.FromMilliseconds(5), book.Index, Cancellation)
            .GetAsyncEnumerator(Cancellation);
        Assert.True(await after.MoveNextAsync());
        book.Take(after.Current);
        Assert.True(IsCurrent(book, venue, Spot));
    }

    /// <summary>Goal: slow followers are bounded, told so, and counted.</summary>
    [Fact]
    public async Task A_follower_who_does_not_read_holds_little_and_is_overrun()
    {
        const int MaxChanges = 300;
        await using var venue = new DataVenue(null, ("Feed:MaxBookChanges", $"{MaxChanges}"));
        var traffic = new DataTraffic(venue.Replica, seed: 10);
        var terms = venue.Terms(Spot);
        await using var slow = venue.Books.FollowAsync(terms, Depth, TimeSpan.Zero, null, Cancellation)
            .GetAsyncEnumerator(Cancellation);
        Assert.True(await slow.MoveNextAsync());
        var last = slow.Current.Index;
        using var lease = await venue.Books.FollowAsync(terms, Cancellation);
        for (var i = 0; i < 20_000; i++)
        {
            traffic.Apply();
        }

        venue.Replica.Publish();
        await Until.TrueAsync(() => lease.Topic.Changes.Head == venue.Replica.Index);
        Assert.InRange(lease.Topic.Changes.Weight, 1, MaxChanges);

        Assert.True(await slow.MoveNextAsync());
        Assert.Equal((BookUpdateKind.Overrun, last), (slow.Current.Kind, slow.Current.Index));
        Assert.True(await slow.MoveNextAsync());
        Assert.Equal(BookUpdateKind.Snapshot, slow.Current.Kind);
        var book = new KeptBook();
        book.Take(slow.Current);
        Assert.True(IsCurrent(book, venue, Spot));
        Assert.Contains("rb_ws_overruns_total{channel=\"book\"} 1", venue.Scrape());
    }

    [Fact]
    public async Task Where_the_feed_was_lost_followers_begin_anew()
    {
        await using var venue = new DataVenue(new LocalReplica(maxEntries: 50));
        var traffic = new DataTraffic(venue.Replica, seed: 12);
        await using var follower = venue.Books
            .FollowAsync(venue.Terms(Spot), Depth, TimeSpan.Zero, null, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await follower.MoveNextAsync());
        for (var i = 0; i < 1_000; i++)
        {
            traffic.Apply();
        }

        venue.Replica.Publish();
        Assert.True(await follower.MoveNextAsync());
        Assert.Equal(BookUpdateKind.Overrun, follower.Current.Kind);
        Assert.True(await follower.MoveNextAsync());
        var book = new KeptBook();
        book.Take(follower.Current);
        Assert.True(IsCurrent(book, venue, Spot));
    }

    [Fact]
    public async Task The_pump_runs_only_while_somebody_follows()
    {
        await using var venue = new DataVenue();
        Assert.False(venue.Pump.IsRunning);
        for (var turn = 0; turn < 3; turn++)
        {
            var follower = venue.Books
                .FollowAsync(venue.Terms(Spot), Depth, TimeSpan.Zero, null, Cancellation)
                .GetAsyncEnumerator(Cancellation);
            Assert.True(await follower.MoveNextAsync());
            Assert.True(venue.Pump.IsRunning);
            await follower.DisposeAsync();
            await venue.Pump.Stopped.WaitAsync(Cancellation);
            Assert.False(venue.Pump.IsRunning);
        }
    }

    private static Matching.Views.BookView StateOf(DataVenue venue, int instrument) =>
        venue.Replica.Exchange.Book(new Matching.Values.InstrumentId(instrument), int.MaxValue, withOrders: false)!;

    private static bool IsCurrent(KeptBook book, DataVenue venue, int instrument)
    {
        var (bids, asks) = KeptBook.Of(StateOf(venue, instrument), Depth);
        return bids.AsSpan().SequenceEqual([.. book.Bids]) && asks.AsSpan().SequenceEqual([.. book.Asks]);
    }
}
