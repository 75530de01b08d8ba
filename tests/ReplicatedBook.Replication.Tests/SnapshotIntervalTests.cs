using Xunit;

namespace ReplicatedBook.Replication.Tests;

/// <summary>Goal: snapshots come by entries while these are slow, by time while they are fast, and always in the end.
/// Method: one replica that leads alone, a clock by hand, ten entries to a multiple, a second between two
/// snapshots.</summary>
public sealed class SnapshotIntervalTests
{
    private const int Every = 10;
    private const long Second = 1_000_000;

    [Fact]
    public void Slow_entries_have_a_snapshot_at_every_multiple()
    {
        var taken = Apply(entries: 100, apart: Second / 5);

        Assert.Equal([20, 30, 40, 50, 60, 70, 80, 90, 100], taken.Select(one => one.Index).Where(i => i > Every));
    }

    [Fact]
    public void Fast_entries_have_one_at_the_first_multiple_of_each_second()
    {
        var taken = Apply(entries: 400, apart: Second / 50);

        var bySecond = taken.GroupBy(one => one.At / Second).ToArray();
        Assert.All(taken, one => Assert.Equal(0, one.Index % Every));
        Assert.InRange(bySecond.Length, 7, 9); // Eight seconds, in multiples of a fifth of one.
        Assert.Equal(bySecond.Length - 1, bySecond[^1].Key - bySecond[0].Key);
        Assert.All(bySecond.SelectMany(second => second.Skip(1)), one => Assert.Equal(0, one.Index % (10 * Every)));
    }

    [Fact]
    public void However_fast_entries_are_every_tenth_multiple_has_one()
    {
        var taken = Apply(entries: 350, apart: 10);

        Assert.Equal([10, 100, 200, 300], taken.Select(one => one.Index));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(Second / 50)]
    [InlineData(Second / 5)]
    public void Nodes_with_one_log_choose_the_same_however_it_comes_to_them(long apart)
    {
        var taken = Apply(entries: 500, apart);
        var other = Apply(entries: 500, apart, together: 7, alsoAskedAt: 233);

        Assert.Contains(other, one => one.Index % Every != 0);
        Assert.Equal(
            taken.Select(one => one.Index), other.Select(one => one.Index).Where(index => index % Every == 0));
    }

    /// <summary>Applies entries, a time apart.</summary>
    /// <returns>Index and cluster time of all snapshots taken.</returns>
    private static List<(long Index, long At)> Apply(int entries, long apart, int together = 1, int alsoAskedAt = 0)
    {
        var solo = new SoloReplica(new ReplicaOptions
        {
            Raft = SoloReplica.Raft,
            SnapshotEveryEntries = Every,
            SnapshotMinInterval = TimeSpan.FromSeconds(1),
        });
        for (var i = 1; i <= entries; i++)
        {
            solo.Replica.SetClock(i * apart);
            solo.Propose();
            if (i == alsoAskedAt)
            {
                solo.Replica.TakeSnapshot();
            }

            if (i % together == 0 || i == entries)
            {
                solo.Turn();
            }
        }

        return solo.Taken.ConvertAll(one => (one.Index, one.At));
    }
}
