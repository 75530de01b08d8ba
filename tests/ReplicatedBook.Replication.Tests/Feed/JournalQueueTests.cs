using ReplicatedBook.Replication.Feed;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Feed;

public sealed class JournalQueueTests
{
    [Fact]
    public void What_is_published_is_taken_once_and_in_order()
    {
        var queue = new JournalQueue(10);
        Add(queue, 1, 3);
        queue.Publish(4);
        Add(queue, 6);

        var first = queue.Take();
        var nothing = queue.Take();
        queue.Publish(6);
        var second = queue.Take();

        Assert.Equal((0, 4), (first.After, first.Head));
        Assert.Equal([1L, 3L], first.Entries.Select(entry => entry.Index));
        Assert.Equal((4, 4, 0), (nothing.After, nothing.Head, nothing.Entries.Count));
        Assert.Equal((4, 6), (second.After, second.Head));
        Assert.Equal([6L], second.Entries.Select(entry => entry.Index));
    }

    [Fact]
    public void A_full_queue_forgets_all_and_says_from_where_on_it_is_without_a_gap()
    {
        var queue = new JournalQueue(2);
        Add(queue, 1, 2, 3, 5);
        queue.Publish(6);

        var batch = queue.Take();

        Assert.Equal((3, 6), (batch.After, batch.Head));
        Assert.Equal([5L], batch.Entries.Select(entry => entry.Index));
    }

    [Fact]
    public void Many_bytes_fill_the_queue_too()
    {
        var queue = new JournalQueue(1000);
        for (var index = 1; index <= 5; index++)
        {
            queue.Add(new FeedEntry(index, 1, default, new byte[10 << 20]));
        }

        queue.Publish(5);

        Assert.Equal(4, queue.Take().After);
    }

    [Fact]
    public void A_snapshot_is_a_gap()
    {
        var queue = new JournalQueue(10);
        Add(queue, 1, 2);
        queue.Publish(2);
        queue.StartAfter(50);
        Add(queue, 51);
        queue.Publish(51);

        var batch = queue.Take();

        Assert.Equal((50, 51), (batch.After, batch.Head));
        Assert.Equal([51L], batch.Entries.Select(entry => entry.Index));
    }

    private static void Add(JournalQueue queue, params long[] indexes)
    {
        foreach (var index in indexes)
        {
            queue.Add(new FeedEntry(index, 1, default, new byte[8]));
        }
    }
}
