using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Tests.Pages;

/// <summary>Goal: a queue and its images hold what was put in. Method: random runs added and dropped, images held
/// meanwhile, beside a plain list by sequence number.</summary>
public sealed class PagedQueueTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 1_000_000_007)]
    public void Queue_and_images_hold_what_was_put_in(int seed, long start)
    {
        var random = new Random(seed);
        var queue = new PagedQueue<int>();
        queue.StartAt(start);
        var model = new List<int>(); // From the start on.
        var images = new List<FrozenQueue<int>>();
        for (var round = 0; round < 400; round++)
        {
            var items = Enumerable.Range(0, random.Next(PageSize<int>.Items / 4)).Select(_ => random.Next()).ToArray();
            model.AddRange(items);
            if (items.Length > 0)
            {
                queue.Add() = items[0];
                queue.Add(items.AsSpan(1));
            }

            if (round > 20)
            {
                queue.Drop(random.NextInt64(Math.Min(queue.Count + 1, PageSize<int>.Items / 2)));
            }

            if (random.Next(10) == 0)
            {
                images.Add(queue.Freeze());
                images.RemoveRange(0, Math.Max(0, images.Count - 3));
            }
        }

        Assert.Equal(start + model.Count, queue.Next);
        Assert.True(queue.First > start + PageSize<int>.Items);
        for (var sequence = queue.First; sequence < queue.Next; sequence++)
        {
            Assert.Equal(model[(int)(sequence - start)], queue[sequence]);
        }

        foreach (var image in images)
        {
            var copy = new int[image.Count];
            image.CopyTo(image.First, copy);
            Assert.Equal(model.GetRange((int)(image.First - start), image.Count), copy);
            Assert.Equal(copy[^1], image[image.Next - 1]);
        }
    }

    [Fact]
    public void Images_of_a_queue_of_constant_length_stay_as_they_were()
    {
        var (queue, images) = (new PagedQueue<int>(), new List<FrozenQueue<int>>());
        for (var i = 0; i < 8 * PageSize<int>.Items; i++)
        {
            queue.Add() = i; // Every item is its own number.
            queue.Drop(queue.Count > 100 ? 1 : 0);
            if (i % (PageSize<int>.Items * 3 / 4) == 0)
            {
                images.Add(queue.Freeze());
            }
        }

        foreach (var image in images)
        {
            var copy = new int[image.Count];
            image.CopyTo(image.First, copy);
            Assert.Equal(Enumerable.Range((int)image.First, image.Count), copy);
        }
    }

    [Fact]
    public void Queue_of_constant_length_allocates_nothing()
    {
        var queue = new PagedQueue<int>();
        for (var i = 0; i < 3 * PageSize<int>.Items; i++)
        {
            queue.Add() = i;
            queue.Drop(queue.Count > 100 ? 1 : 0);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 3 * PageSize<int>.Items; i++)
        {
            queue.Add() = i;
            queue.Drop(1);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Few_items_take_little()
    {
        new PagedQueue<long>().Add() = 1; // What is allocated once, by whoever is first, is not the queue's.
        var queue = new PagedQueue<long>();
        var before = GC.GetAllocatedBytesForCurrentThread();
        queue.Add() = 1;

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 1_000);
    }
}
