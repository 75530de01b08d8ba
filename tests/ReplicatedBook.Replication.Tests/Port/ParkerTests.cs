using Xunit;

namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>Goal: a wake-up is never lost. Method: two threads that wait for each other, as often as a lost one would
/// need to show.</summary>
public sealed class ParkerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void An_unpark_before_the_wait_ends_it_at_once()
    {
        var parker = new Parker();
        parker.Unpark();
        parker.Unpark();

        parker.Park(Patience);

        Assert.True(EndsOnlyByTime(parker), "two wake-ups before one wait count as one");
    }

    [Fact]
    public void A_wait_without_a_wake_up_ends_when_its_time_is_over()
    {
        var parker = new Parker();

        Assert.True(EndsOnlyByTime(parker));
        parker.Park(TimeSpan.Zero);
        parker.Park(TimeSpan.FromSeconds(-1));
    }

    [Fact]
    public void Two_threads_wake_each_other_without_loss()
    {
        const int Rounds = 20_000;
        var (here, there) = (new Parker(), new Parker());
        var (asked, answered) = (0, 0);
        var other = new Thread(() =>
        {
            for (var round = 1; round <= Rounds; round++)
            {
                WaitFor(there, ref asked, round);
                Volatile.Write(ref answered, round);
                here.Unpark();
            }
        });
        other.Start();
        for (var round = 1; round <= Rounds; round++)
        {
            Volatile.Write(ref asked, round);
            there.Unpark();
            WaitFor(here, ref answered, round);
        }

        Assert.True(other.Join(Patience));
    }

    private static void WaitFor(Parker parker, ref int value, int wanted)
    {
        while (Volatile.Read(ref value) < wanted)
        {
            var begun = Environment.TickCount64;
            parker.Park(Patience);
            Assert.True(Environment.TickCount64 - begun < Patience.TotalMilliseconds / 2, "a wake-up was lost");
        }
    }

    private static bool EndsOnlyByTime(Parker parker)
    {
        // Waiting may end early without a reason, so what is asked is that some wait lasts its time.
        var limit = TimeSpan.FromMilliseconds(20);
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var begun = Environment.TickCount64;
            parker.Park(limit);
            if (Environment.TickCount64 - begun >= limit.TotalMilliseconds - 1)
            {
                return true;
            }
        }

        return false;
    }
}
