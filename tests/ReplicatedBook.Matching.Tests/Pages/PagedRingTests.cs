using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Tests.Pages;

/// <summary>Goal: the ring keeps the last items, and an image what it held. Method: against a list.</summary>
public sealed class PagedRingTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 7)]
    [InlineData(100, 99)]
    [InlineData(128, 300)]
    public void Last_items_are_kept_and_an_image_stays_as_it_was(int limit, long behind)
    {
        var ring = new PagedRing<long>(limit);
        ring.StartBehind(behind);
        var all = new List<long>();
        FrozenRing<long>? image = null;
        List<long> held = [];
        for (var i = 0; i < 1_000; i++)
        {
            ring.Add(out var number) = i * 7;
            all.Add(i * 7);
            Assert.Equal(behind + i + 1, number);
            Assert.Equal(ring.SlotOf(number), ring.LastSlot);
            Assert.Equal(Math.Min(limit, all.Count), ring.Count);
            Assert.False(ring.Holds(number - limit) || ring.Holds(number + 1));
            for (var kept = ring.First; kept < ring.Next; kept++)
            {
                Assert.Equal(all[(int)(kept - behind - 1)], ring[kept]);
            }

            if (i % 170 == 33)
            {
                image?.End();
                (image, held) = (ring.Freeze(), [.. all.TakeLast(limit)]);
            }

            if (image is not null)
            {
                Assert.Equal(held, Enumerable.Range(0, image.Count).Select(at => image[image.First + at]));
            }
        }
    }
}
