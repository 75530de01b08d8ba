using Xunit;

namespace ReplicatedBook.Replication.Tests;

public sealed class ClusterClockTests
{
    [Fact]
    public void Time_passes_with_the_monotonic_clock_from_the_wall_clock_at_the_start()
    {
        var clock = new ClusterClock(monotonic: 1_000, wall: 500_000, lastStamp: 0);

        Assert.Equal(500_250, clock.Read(1_250));
    }

    [Fact]
    public void A_wall_clock_behind_the_log_does_not_take_time_back()
    {
        var clock = new ClusterClock(monotonic: 0, wall: 100, lastStamp: 900);

        Assert.Equal(900, clock.Stamp(0));
        Assert.Equal(905, clock.Stamp(5));
    }

    [Fact]
    public void A_leader_whose_clock_is_behind_does_not_let_stamps_go_back()
    {
        var clock = new ClusterClock(monotonic: 0, wall: 1_000, lastStamp: 0);
        clock.NoteStamp(5_000);
        clock.Observe(leaderTime: 2_000, monotonic: 10);

        Assert.Equal(5_000, clock.Stamp(20));
        Assert.Equal(5_000, clock.Read(30));
    }

    [Fact]
    public void A_follower_takes_over_the_leaders_time()
    {
        var clock = new ClusterClock(monotonic: 0, wall: 1_000, lastStamp: 0);
        clock.Observe(leaderTime: 70_000, monotonic: 10);

        Assert.Equal(70_040, clock.Read(50));
    }
}
