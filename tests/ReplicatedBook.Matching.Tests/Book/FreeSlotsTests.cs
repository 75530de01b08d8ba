using ReplicatedBook.Matching.Book;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Goal: that of the slots given back always the lowest is given out. Method: a sorted set beside
/// it.</summary>
public sealed class FreeSlotsTests
{
    [Theory]
    [InlineData(1, 200)]
    [InlineData(2, 70_000)]
    [InlineData(3, 1 << 21)] // Several words of the highest storey.
    public void Lowest_slot_is_given_out_first(int seed, int slots)
    {
        var (free, model, random) = (new FreeSlots(), new SortedSet<int>(), new Random(seed));
        for (var i = 0; i < 20_000; i++)
        {
            var slot = random.Next(slots);
            if (random.Next(5) < 3 && model.Add(slot))
            {
                free.Add(slot);
            }
            else if (model.Count > 0)
            {
                Assert.Equal(model.Min, free.TakeLowest());
                model.Remove(model.Min);
            }

            Assert.Equal(model.Count, free.Count);
        }

        while (model.Count > 0)
        {
            Assert.Equal(model.Min, free.TakeLowest());
            model.Remove(model.Min);
        }

        Assert.Equal(0, free.Count);
    }
}
