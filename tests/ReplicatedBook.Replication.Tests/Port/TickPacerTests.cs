using Xunit;

namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>Time as a replica sees it, whatever its process went through.</summary>
public sealed class TickPacerTests
{
    private const int Interval = 10;
    private const int Stall = 40;

    private readonly TickPacer _pacer = new(Interval, Stall, now: 0);

    [Fact]
    public void Ticks_come_at_their_interval()
    {
        var ticks = Enumerable.Range(0, 100).Where(now => _pacer.IsDue(now)).ToArray();
        Assert.Equal([10, 20, 30, 40, 50, 60, 70, 80, 90], ticks);
        Assert.Equal((3, 0), (_pacer.WaitAt(97), _pacer.WaitAt(101)));
    }

    [Fact]
    public void Missed_ticks_are_not_made_up_for()
    {
        Assert.True(_pacer.IsDue(10 + Stall - 1)); // Late, but no stall.
        Assert.False(_pacer.IsDue(10 + Stall));
        Assert.True(_pacer.IsDue(10 + Stall + 4)); // Half an interval after the last.
        Assert.False(_pacer.IsDue(10 + Stall + 5));
    }

    [Fact]
    public void After_a_stall_a_whole_interval_passes_before_the_first_tick()
    {
        Assert.True(_pacer.IsDue(10));
        Assert.False(_pacer.IsDue(1_000_000));
        Assert.False(_pacer.IsDue(1_000_000 + Interval - 1));
        Assert.True(_pacer.IsDue(1_000_000 + Interval));
    }

    [Fact]
    public void Process_that_is_always_late_still_ticks_at_every_turn_but_the_first()
    {
        var ticks = Enumerable.Range(1, 20).Count(turn => _pacer.IsDue(turn * 100));
        Assert.Equal(19, ticks);
        Assert.True(_pacer.IsDue((20 * 100) + Interval)); // In time again.
        Assert.False(_pacer.IsDue(5_000)); // And a stall again.
    }
}
