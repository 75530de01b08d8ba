using ReplicatedBook.Node.Gateway.Admission;

namespace ReplicatedBook.Node.Tests.Gateway.Admission;

/// <summary>Goal: as much is under way as ends soon. Method: commands that end at given times.</summary>
public sealed class WidthTests
{
    private readonly Width _width = new(least: 10, most: 100, horizon: 8);

    [Fact]
    public void It_begins_with_the_least() => Assert.Equal(10, _width.Current);

    [Fact]
    public void It_is_what_has_ended_within_the_horizon()
    {
        End(40, now: 7);
        Assert.Equal(10, _width.Current); // Not known yet.
        End(1, now: 8);
        Assert.Equal(41, _width.Current);

        End(60, now: 18);
        Assert.Equal(10, _width.Current); // The first of them ended the time before: one in 10 ms.
        End(1, now: 26);
        Assert.Equal(60, _width.Current);
    }

    [Fact]
    public void It_keeps_within_its_limits()
    {
        End(500, now: 8);
        End(1, now: 16);
        Assert.Equal(100, _width.Current);

        End(1, now: 10_000);
        Assert.Equal(10, _width.Current);
    }

    [Fact]
    public void A_most_below_the_least_holds()
    {
        var narrow = new Width(least: 10, most: 2, horizon: 8);
        for (var i = 0; i < 50; i++)
        {
            narrow.End(i);
            Assert.Equal(2, narrow.Current);
        }
    }

    private void End(int commands, long now)
    {
        for (var i = 0; i < commands; i++)
        {
            _width.End(now);
        }
    }
}
