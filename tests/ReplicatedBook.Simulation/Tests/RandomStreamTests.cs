using ReplicatedBook.Simulation.Engine;
using Xunit;

namespace ReplicatedBook.Simulation.Tests;

/// <summary>Draws for one purpose must not depend on draws for another.</summary>
public sealed class RandomStreamTests
{
    /// <summary>Golden numbers: a change of the generator would make every noted seed mean something else.</summary>
    [Fact]
    public void A_stream_is_the_same_for_ever()
    {
        var stream = new RandomStream(1, "link", 2, 3);

        Assert.Equal([9595896242523027219UL, 10928478842760802735UL], new[] { stream.NextBits(), stream.NextBits() });
    }

    [Fact]
    public void Each_part_of_the_key_makes_another_stream()
    {
        var streams = new[]
        {
            new RandomStream(1, "link", 2, 3), new RandomStream(2, "link", 2, 3), new RandomStream(1, "disk", 2, 3),
            new RandomStream(1, "link", 3, 3), new RandomStream(1, "link", 2, 4), new RandomStream(1, "link", 3, 2),
        };

        Assert.Equal(streams.Length, streams.Select(stream => stream.NextBits()).Distinct().Count());
    }

    [Fact]
    public void Draws_stay_within_their_bounds_and_reach_them()
    {
        var stream = new RandomStream(7, "bounds");

        var drawn = Enumerable.Range(0, 1_000).Select(_ => stream.Between(-2, 3)).ToHashSet();
        var skewed = Enumerable.Range(0, 1_000).Select(_ => stream.Skewed(5, 1_000)).ToHashSet();

        Assert.Equal([-2, -1, 0, 1, 2, 3], drawn.Order());
        Assert.Equal(5, skewed.Min());
        Assert.InRange(skewed.Max(), 900, 1_000);
    }
}
