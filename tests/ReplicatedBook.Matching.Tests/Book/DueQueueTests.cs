using ReplicatedBook.Matching.Book;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>The queue of what is due. Method: beside a list that is sorted anew for every look.</summary>
public sealed class DueQueueTests
{
    [Fact]
    public void Empty_queue_is_never_due()
    {
        var queue = new DueQueue();
        Assert.Equal((0, long.MaxValue), (queue.Count, queue.FirstDue));
        queue.Add(slot: 9, due: 5, id: 1);
        queue.Remove(9);
        Assert.Equal((0, long.MaxValue), (queue.Count, queue.FirstDue));
        Assert.Throws<InvariantViolatedException>(() => queue.Remove(9));
    }

    [Theory]
    [InlineData(1, 4, 3)] // Few slots and times: all collide.
    [InlineData(2, 60, 5)]
    [InlineData(3, 60, 1_000_000)]
    [InlineData(4, 1_000, 40)]
    public void First_is_the_earliest_and_at_one_time_the_smallest_id(int seed, int slots, int times)
    {
        var (random, queue, list) = (new Random(seed), new DueQueue(), new List<(long Due, long Id, int Slot)>());
        for (var i = 0; i < 20_000; i++)
        {
            var slot = random.Next(slots);
            var place = list.FindIndex(entry => entry.Slot == slot);
            if (place >= 0)
            {
                queue.Remove(slot);
                list.RemoveAt(place);
            }
            else if (random.Next(20) != 0 || list.Count == 0)
            {
                // Ids go neither up nor down with the slots.
                var (due, id) = (random.Next(times), (i * 7_919L) % 20_011);
                queue.Add(slot, due, id);
                list.Add((due, id, slot));
            }
            else
            {
                var first = list.Min();
                queue.Remove(queue.FirstSlot);
                list.Remove(first);
            }

            Assert.Equal(list.Count, queue.Count);
            Assert.Equal(list.Count == 0 ? long.MaxValue : list.Min().Due, queue.FirstDue);
            Assert.True(list.Count == 0 || list.Min().Slot == queue.FirstSlot);
        }

        while (list.Count > 0)
        {
            Assert.Equal(list.Min().Slot, queue.FirstSlot);
            list.Remove(list.Min());
            queue.Remove(queue.FirstSlot);
        }

        Assert.Equal(long.MaxValue, queue.FirstDue);
    }
}
