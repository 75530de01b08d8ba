using System.Buffers;
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
        var underWay = new List<(SnapshotWriter Writer, ArrayBufferWriter<byte> Written, byte[] Expected)>();
        var checkedOnes = 0;
        for (var i = 0; i < 4_000; i++)
        {
            venue.Time += 100_000;
            venue.Apply(traffic.Next(venue));
            if (random.Next(150) == 0)
            {
                var written = new ArrayBufferWriter<byte>();
                underWay.Add((venue.Exchange.BeginSnapshot(written), written, venue.Snapshot()));
            }

            if (underWay.Count > 0 && random.Next(3) == 0)
            {
                var one = underWay[random.Next(underWay.Count)];
                if (one.Writer.Continue(itemsAtOnce))
                {
                    Assert.Equal(one.Expected, one.Written.WrittenSpan.ToArray());
                    underWay.Remove(one);
                    checkedOnes++;
                }
            }
        }

        foreach (var (writer, written, expected) in underWay)
        {
            Assert.True(writer.Continue(int.MaxValue));
            Assert.Equal(expected, written.WrittenSpan.ToArray());
            checkedOnes++;
        }

        Assert.InRange(checkedOnes, 10, 100);
    }
}
