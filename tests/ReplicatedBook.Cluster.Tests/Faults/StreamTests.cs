using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Faults.Followers;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Goal: who follows a market misses nothing and sees nothing twice over any transport, whichever nodes are
/// lost. Method: real processes under load; five times the node that all follow ends, by turns in good order and as by
/// a crash; what each made of what it was told is held against the others, index by index, and against the
/// cluster.</summary>
public sealed class StreamTests
{
    private const int Some = 100;
    private const int Losses = 5;
    private const int PageEvents = 1_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Five_lost_nodes_leave_no_gap_and_no_duplicate_over_any_transport()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        var traffic = await Traffic.StartAsync(cluster);
        await using var followers = new MarketFollowers(cluster);
        using var rb = new RbFeed(cluster.Endpoints);
        for (var round = 0; round < Losses; round++)
        {
            var lost = cluster.MemberAt(await followers.ProgressAsync(Some)).Name;
            await (round % 2 == 0 ? cluster.StopAsync(lost) : cluster.KillAsync(lost));
            await followers.ProgressAsync(Some);
            cluster.Start(lost);
            await cluster.WaitReadyAsync();
        }

        await traffic.StopAsync();
        var book = (await cluster.Client.GetBookAsync(SpotMarket.Symbol, 1_000, 2, ReadOptions.Strong)).Require();
        var trades = (await cluster.Client.GetTradesAsync(SpotMarket.Symbol, 1, ReadOptions.Strong)).Require();
        await followers.AgreeAsync(book.Checksum);
        await followers.TradeAsync(trades.Items[0].TradeId);
        await followers.ReachAsync(followers.WebSocket.Books.Last);

        Assert.All(followers.Resumptions, count => Assert.True(count >= Losses, $"{count} resumptions"));
        Assert.Empty(followers.Faults);
        Assert.Equal(book.Bids.Select(level => (level.Price, level.Quantity)), followers.WebSocket.Bids);
        Assert.Equal(book.Asks.Select(level => (level.Price, level.Quantity)), followers.WebSocket.Asks);
        RequireOneBook(followers);
        await RequireAllAsync(cluster.Client, rb, followers.Lines.Index);
        foreach (var follower in new[] { followers.GrpcEvents, followers.Lines })
        {
            Assert.Equal(await FeedAsync(cluster.Client, follower.Start + 1, follower.Index), follower.Told);
        }
    }

    /// <summary>After every index that changed the book, all had the same one, and all knew of every such
    /// index.</summary>
    private static void RequireOneBook(MarketFollowers followers)
    {
        BookLog[] books =
        [
            followers.WebSocket.Books, followers.GrpcBook.Books, followers.GrpcEvents.Books, followers.Lines.Books,
        ];
        var start = books.Max(book => book.First);
        var expected = books[0].After(start);

        Assert.True(expected.Count > Losses * Some, $"{expected.Count} books");
        Assert.All(books[1..], book => Assert.Equal(expected, book.After(start)));
    }

    /// <summary>What rb printed is the feed from its first event to its last, and it has said where it went.</summary>
    private static async Task RequireAllAsync(ReplicatedBookClient client, RbFeed rb, long last)
    {
        var expected = await FeedAsync(client, 1, last);
        await Patience.UntilAsync(
            () => Task.FromResult(rb.Told.Count >= expected.Count ? rb : null), Limit,
            () => $"{rb.Told.Count} of {expected.Count} events; {rb.Errors}");
        using var patience = new CancellationTokenSource(Limit);

        Assert.Equal(0, await rb.EndAsync(patience.Token));
        Assert.Equal(expected, rb.Told.Take(expected.Count));
        Assert.True(rb.Moves > 1, rb.Errors);
    }

    /// <summary>Place and type of all events of some entries, by the pages of the feed.</summary>
    private static async Task<List<string>> FeedAsync(ReplicatedBookClient client, long first, long last)
    {
        var titles = new List<string>();
        while (first <= last)
        {
            var page = (await client.GetFeedAsync(first, PageEvents)).Require();
            titles.AddRange(page.Items
                .Where(item => item.Index <= last)
                .Select(item => $"{item.Index}.{item.Seq} {item.Type}"));
            first = page.NextIndex;
        }

        return titles;
    }
}
