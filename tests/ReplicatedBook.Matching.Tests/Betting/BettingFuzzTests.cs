using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Encoding;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Betting;

/// <summary>Goal: betting is total as all else is. Method: damaged commands and damaged snapshots; none may throw what
/// is not foreseen or lose money.</summary>
public sealed class BettingFuzzTests
{
    private const int Commands = 30_000;

    [Fact]
    public void Damaged_commands_never_throw_and_lose_no_money()
    {
        var venue = BettingTraffic.Open(new ExchangeLimits { MaxClosedOrders = 300, MaxTrades = 300 });
        var (traffic, random) = (new BettingTraffic(9), new Random(9));
        var result = new ArrayBufferWriter<byte>();
        var (malformed, accepted) = (0, 0);
        for (var i = 0; i < Commands; i++)
        {
            result.ResetWrittenCount();
            venue.Events.Clear();
            venue.Time += 50;
            var (command, user) = traffic.Next(venue.Exchange);
            var bytes = FuzzTests.Damage(venue.Bytes(command, user), random);
            var applied = venue.Events.Apply(venue.Exchange, venue.Time, bytes, result);
            Assert.Equal(applied.Reason, ResultCodec.Read(result.WrittenSpan).Reason);
            malformed += applied.Reason == RejectReason.MalformedCommand ? 1 : 0;
            accepted += applied.Reason == RejectReason.None ? 1 : 0;
            if (i % 100 == 0)
            {
                Soundness.Require(venue.Exchange);
            }
        }

        Assert.InRange(malformed, Commands / 10, Commands);
        Assert.InRange(accepted, Commands / 50, Commands);
    }

    [Fact]
    public void Every_command_cut_short_or_lengthened_is_malformed_and_leaves_no_trace()
    {
        var venue = BettingTraffic.Open();
        foreach (var command in BettingSamples.Commands)
        {
            var bytes = venue.Bytes(command, 1);
            var before = SnapshotParts.WithoutPosition(venue.Snapshot());
            for (var length = 0; length < bytes.Length; length++)
            {
                Assert.Equal(RejectReason.MalformedCommand, venue.Apply(bytes[..length]).Reason);
            }

            Assert.Equal(RejectReason.MalformedCommand, venue.Apply([.. bytes, 0]).Reason);
            Assert.Equal(before, SnapshotParts.WithoutPosition(venue.Snapshot()));
        }
    }

    [Fact]
    public void A_damaged_snapshot_is_a_format_exception_or_a_sound_state()
    {
        var snapshot = BettingSamples.Snapshot();
        var refused = 0;
        for (var place = 0; place < snapshot.Length; place++)
        {
            foreach (var value in new[] { 0x00, 0x01, 0x7F, 0xFF, snapshot[place] ^ 1 })
            {
                byte[] damaged = [.. snapshot];
                damaged[place] = (byte)value;
                try
                {
                    Soundness.Require(Exchange.ReadSnapshot(damaged));
                }
                catch (FormatException)
                {
                    refused++;
                }
            }

            Assert.ThrowsAny<FormatException>(() => Exchange.ReadSnapshot(snapshot.AsSpan(0, place)));
        }

        Assert.InRange(refused, snapshot.Length, snapshot.Length * 5);
    }
}
