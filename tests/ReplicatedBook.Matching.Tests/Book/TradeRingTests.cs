using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Goal: of the trades just the last are kept, whenever their places are given back. Method: several pages of
/// trades, with a look at both ends after each, and images at some.</summary>
public sealed class TradeRingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5_000)]
    public void Just_the_last_trades_are_kept(int limit)
    {
        var ring = new TradeRing(limit);
        for (var i = 1L; i <= 2 * (limit + PageSize<TradeRecord>.Items) + 1; i++)
        {
            ring.Add(out var id).Price = i;
            var first = Math.Max(1, i - limit + 1);
            Assert.Equal((i, i, first), (id, ring.LastId, ring.FirstId));
            Assert.True(ring.Holds(first) && ring.Holds(i));
            Assert.False(ring.Holds(first - 1) || ring.Holds(i + 1));
            Assert.Equal(first, ring[first].Price);
            if (i % 1_777 == 0)
            {
                var image = ring.Freeze();
                Assert.Equal((first, i + 1), (image.First, image.Next));
            }
        }
    }

    [Fact]
    public void A_ring_that_starts_behind_trades_keeps_none_of_them()
    {
        var ring = new TradeRing(limit: 3);
        ring.StartBehind(lastId: 100);
        Assert.Equal((100, 101), (ring.LastId, ring.FirstId));
        ring.Add(out var id);
        Assert.Equal((101, 101), (id, ring.FirstId));
    }
}
