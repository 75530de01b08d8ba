using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.MarketData;

namespace ReplicatedBook.Node.Tests.MarketData;

/// <summary>Goal: what followers of books are told is the book. Method: random commands of all kinds, and the state
/// after each of them.</summary>
public sealed class BookStreamTests
{
    private const int All = 0;
    private const int Commands = 100_000;
    private const int CommandsAtOnce = 100;

    /// <summary>Every depth of every instrument, and every order: at every index that changed it there is one update,
    /// with it the kept book is that of the state and has its checksum; and there is no other update.</summary>
    [Fact]
    public async Task A_book_kept_from_updates_is_that_of_the_state_at_every_index()
    {
        await using var venue = new DataVenue();
        var traffic = new DataTraffic(venue.Replica, seed: 11);
        var watched = new List<WatchedBook>();
        foreach (var instrument in new[] { 1, 2, 3, 4 })
        {
            foreach (var depth in new[] { 1, 5, 20, All })
            {
                watched.Add(await WatchedBook.StartAsync(venue, instrument, depth));
            }
        }

        var orders = new List<WatchedOrders>();
        foreach (var instrument in new[] { 1, 2, 3, 4 })
        {
            orders.Add(await WatchedOrders.StartAsync(venue, instrument));
        }

        for (var done = 0; done < Commands; done += CommandsAtOnce)
        {
            for (var i = 0; i < CommandsAtOnce; i++)
            {
                traffic.Apply();
                watched.ForEach(book => book.Expect());
                orders.ForEach(book => book.Expect());
            }

            venue.Replica.Publish();
            foreach (var book in watched)
            {
                await book.CatchUpAsync();
            }

            foreach (var book in orders)
            {
                await book.CatchUpAsync();
            }
        }

        var kinds = EventKinds.In(venue.Replica);
        Assert.All(EventKinds.OfBooks, kind => Assert.True(kinds[kind] > 300, $"only {kinds[kind]} of {kind}"));
        Assert.All(watched, book => Assert.True(book.Updates > 1_000, $"only {book.Updates} updates"));
        Assert.All(orders, book => Assert.True(book.Updates > 5_000, $"only {book.Updates} updates"));
        watched.ForEach(book => book.Dispose());
        orders.ForEach(book => book.Dispose());
    }
}
