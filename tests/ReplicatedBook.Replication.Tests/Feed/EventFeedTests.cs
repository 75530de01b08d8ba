using ReplicatedBook.Replication.Feed;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Feed;

public sealed class EventFeedTests
{
    [Fact]
    [Trait("MatchingScenario", "114 event_seq_gapless")]
    public void Reading_goes_on_where_the_last_page_ended_without_gap_or_repeat()
    {
        var feed = Fill(new EventFeed(100, 1 << 20), 1, 2, 5, 9);

        var first = feed.Read(1, 3)!;
        var second = feed.Read(first.NextIndex, 3)!;

        Assert.Equal([1, 2, 5], first.Entries.Select(entry => entry.Index));
        Assert.Equal([9], second.Entries.Select(entry => entry.Index));
        Assert.Equal(10, second.NextIndex);
        Assert.Equal(9, second.HeadIndex);
    }

    [Fact]
    public void An_entry_that_is_not_published_yet_is_not_shown()
    {
        var feed = Fill(new EventFeed(100, 1 << 20), 1);
        feed.Add(new FeedEntry(2, 1, default, new byte[8]));

        var before = feed.Read(1, 10)!;
        feed.Publish(2);
        var after = feed.Read(before.NextIndex, 10)!;

        Assert.Equal([1], before.Entries.Select(entry => entry.Index));
        Assert.Equal((2, 1), (before.NextIndex, before.HeadIndex));
        Assert.Equal([2], after.Entries.Select(entry => entry.Index));
    }

    [Fact]
    public void An_index_that_is_no_longer_kept_is_refused_rather_than_skipped()
    {
        var feed = Fill(new EventFeed(2, 1 << 20), 1, 2, 3, 4);

        Assert.Equal(3, feed.OldestIndex);
        Assert.Null(feed.Read(2, 10));
        Assert.Equal([3, 4], feed.Read(3, 10)!.Entries.Select(entry => entry.Index));
    }

    [Fact]
    public void The_limit_of_bytes_drops_the_oldest()
    {
        var feed = Fill(new EventFeed(100, 20), 1, 2, 3); // 8 bytes each.

        Assert.Equal([2, 3], feed.Read(2, 10)!.Entries.Select(entry => entry.Index));
        Assert.Null(feed.Read(1, 10));
    }

    /// <summary>Goal: a reader that stands still holds little. Method: entries of 50,000 bytes, more of them asked for
    /// than belong on a page.</summary>
    [Fact]
    public void A_page_ends_with_the_entry_that_makes_it_large()
    {
        var feed = new EventFeed(100, 1 << 20);
        for (var index = 1; index <= 8; index++)
        {
            feed.Add(new FeedEntry(index, 1, default, new byte[50_000]));
        }

        feed.Publish(8);
        var page = feed.Read(1, 256)!;

        Assert.Equal([1, 2, 3], page.Entries.Select(entry => entry.Index));
        Assert.Equal((4, 8), (page.NextIndex, page.HeadIndex));
        Assert.Equal([4, 5, 6], feed.Read(page.NextIndex, 256)!.Entries.Select(entry => entry.Index));
    }

    [Fact]
    public async Task A_waiter_wakes_when_its_index_is_applied_and_not_before()
    {
        var feed = Fill(new EventFeed(100, 1 << 20), 1);
        var waiting = feed.WaitAsync(3, TestContext.Current.CancellationToken);

        Fill(feed, 2);
        Assert.False(waiting.IsCompleted);

        Fill(feed, 3);
        await waiting;
    }

    [Fact]
    public async Task A_waiter_that_gives_up_is_forgotten()
    {
        var feed = new EventFeed(100, 1 << 20);
        using var cancellation = new CancellationTokenSource();
        var waiting = feed.WaitAsync(3, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void After_a_snapshot_the_feed_starts_behind_it()
    {
        var feed = Fill(new EventFeed(100, 1 << 20), 1, 2);
        feed.StartAfter(50);

        Assert.Equal(51, feed.OldestIndex);
        Assert.Null(feed.Read(50, 1));
        Assert.Empty(feed.Read(51, 1)!.Entries);
    }

    private static EventFeed Fill(EventFeed feed, params long[] indexes)
    {
        foreach (var index in indexes)
        {
            feed.Add(new FeedEntry(index, 1, default, new byte[8]));
        }

        feed.Publish(indexes[^1]);
        return feed;
    }
}
