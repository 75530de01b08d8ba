using System.Buffers;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Betting;

/// <summary>Goal: a snapshot written little by little is that of the moment when it was begun, betting markets with it.
/// Method: random commands go on while several are under way; each must be byte for byte what was written at once at
/// its beginning.</summary>
public sealed class BettingSnapshotTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 40)]
    public void Snapshot_is_of_the_moment_when_it_was_begun(int seed, int itemsAtOnce)
    {
        var venue = BettingTraffic.Open(new ExchangeLimits { MaxClosedOrders = 600, MaxTrades = 800 });
        var (traffic, random) = (new BettingTraffic(seed), new Random(seed));
        var snapshots = new SnapshotsUnderWay(random, beginOneIn: 300, goOnOneIn: 3, itemsAtOnce);
        var (events, result) = (new EventBuffer(), new ArrayBufferWriter<byte>());
        for (var i = 0; i < 8_000; i++)
        {
            result.ResetWrittenCount();
            events.Clear();
            venue.Time += 100;
            var (command, user) = traffic.Next(venue.Exchange);
            venue.Exchange.Apply(
                venue.Exchange.AppliedIndex + 1, new Timestamp(venue.Time), venue.Bytes(command, user), events,
                result);
            snapshots.Step(venue.Exchange);
        }

        snapshots.Finish();
        Assert.InRange(snapshots.Checked, 10, 100);
    }
}
