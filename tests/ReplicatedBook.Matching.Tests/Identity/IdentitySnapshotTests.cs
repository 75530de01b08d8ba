using ReplicatedBook.Matching.Tests.Testing;

namespace ReplicatedBook.Matching.Tests.Identity;

/// <summary>Goal: a snapshot written little by little is that of the moment when it was begun, users and audit with it.
/// Method: random commands go on while several are under way; each must be byte for byte what was written at once at
/// its beginning.</summary>
public sealed class IdentitySnapshotTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 40)]
    public void Snapshot_is_of_the_moment_when_it_was_begun(int seed, int itemsAtOnce)
    {
        var (venue, traffic, random) = (IdentityTraffic.Open(), new IdentityTraffic(seed), new Random(seed));
        var snapshots = new SnapshotsUnderWay(random, beginOneIn: 150, goOnOneIn: 3, itemsAtOnce);
        for (var i = 0; i < 4_000; i++)
        {
            venue.Time += 100_000;
            venue.Apply(traffic.Next(venue));
            snapshots.Step(venue.Exchange);
        }

        snapshots.Finish();
        Assert.InRange(snapshots.Checked, 10, 100);
    }
}
