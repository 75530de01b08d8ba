using System.Buffers;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests;

/// <summary>Goal: a snapshot written little by little is that of the moment when it was begun. Method: random traffic
/// goes on while several are under way; each must be byte for byte what was written at once at its beginning.</summary>
public sealed class SnapshotWriterTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 100)]
    [InlineData(3, 1_000)]
    public void Snapshot_is_of_the_moment_when_it_was_begun(int seed, int itemsAtOnce)
    {
        var venue = Traffic.Market(
            new ExchangeLimits
            {
                MaxClosedOrders = 3_000,
                MaxTrades = 5_000,
                MaxRequestKeys = 300,
                MinRequestKeyAge = 0,
            });
        var time = 0L;
        venue.WithOptions();
        var (traffic, random) = (new Traffic(seed) { Clock = () => time }, new Random(seed));
        var snapshots = new SnapshotsUnderWay(random, beginOneIn: 2_000, goOnOneIn: 4, itemsAtOnce);
        var result = new ArrayBufferWriter<byte>();
        for (var i = 0; i < 30_000; i++)
        {
            result.ResetWrittenCount();
            venue.Events.Clear();
            time = venue.Time + (i * 100_000L);
            venue.Events.Apply(venue.Exchange, time, traffic.Next(lastOrder: i * 2 / 3), result);
            snapshots.Step(venue.Exchange);
        }

        snapshots.Finish();
        Assert.True(
            snapshots.Checked >= 5 && (snapshots.MostTogether >= 2 || itemsAtOnce > 1),
            $"{snapshots.Checked} checked, {snapshots.MostTogether} at once");
    }
}
