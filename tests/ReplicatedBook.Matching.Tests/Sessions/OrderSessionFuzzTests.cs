using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Encoding;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Sessions;

/// <summary>Goal: commands of sessions are total as all else is, and snapshots are of one moment. Method: damaged
/// commands, damaged snapshots, snapshots written while commands go on.</summary>
public sealed class OrderSessionFuzzTests
{
    private const int Commands = 20_000;

    [Fact]
    public void Damaged_commands_never_throw_and_what_is_restored_has_the_same_hash()
    {
        var (venue, traffic, random) = (OrderSessionTraffic.Open(), new OrderSessionTraffic(9), new Random(9));
        var result = new ArrayBufferWriter<byte>();
        var (malformed, accepted) = (0, 0);
        for (var i = 0; i < Commands; i++)
        {
            result.ResetWrittenCount();
            venue.Events.Clear();
            venue.Time += traffic.Pause();
            var (command, user) = traffic.Next(venue.Exchange);
            var bytes = FuzzTests.Damage(venue.Bytes(command, user), random);
            var applied = venue.Events.Apply(venue.Exchange, venue.Time, bytes, result);
            Assert.Equal(applied.Reason, ResultCodec.Read(result.WrittenSpan).Reason);
            malformed += applied.Reason == RejectReason.MalformedCommand ? 1 : 0;
            accepted += applied.Reason == RejectReason.None ? 1 : 0;
            if (i % 500 == 0)
            {
                Soundness.Require(venue.Exchange);
                Assert.Equal(
                    venue.Hash(), new Venue { Exchange = Exchange.ReadSnapshot(venue.Snapshot()) }.Hash());
            }
        }

        Assert.InRange(malformed, Commands / 10, Commands);
        Assert.InRange(accepted, Commands / 20, Commands);
    }

    [Fact]
    public void Every_command_cut_short_or_lengthened_is_malformed_and_leaves_no_trace()
    {
        var venue = OrderSessionVenue.Open();
        foreach (var command in OrderSessionSamples.Commands)
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
    public void What_is_placed_in_no_session_has_no_version_for_it_and_a_batch_with_bets_is_never_atomic()
    {
        var venue = OrderSessionVenue.Open();
        var order = venue.Bytes(Venue.Order(1, Side.Buy, 90, 1) with { Session = new(1) }, 1);
        order[^1] = 0;
        Assert.Equal(RejectReason.MalformedCommand, venue.Apply(order).Reason);
        var bet = new BatchItem(null, BettingVenue.Bet(1, BetSide.Back, 1, 300, 100));
        var batch = venue.Bytes(new PlaceBatchWithBets([bet]) { Session = new(1) }, 1);
        Assert.Equal(0xC2, batch[^2]);
        batch[^2] = 0xC3;
        Assert.Equal(RejectReason.MalformedCommand, venue.Apply(batch).Reason);
    }

    [Fact]
    public void A_damaged_snapshot_is_a_format_exception_or_a_sound_state()
    {
        var snapshot = OrderSessionSamples.Snapshot();
        var refused = 0;
        for (var place = 0; place < snapshot.Length; place++)
        {
            foreach (var value in new[] { 0x00, 0x01, 0x7F, 0xFF, snapshot[place] ^ 1 })
            {
                byte[] damaged = [.. snapshot];
                damaged[place] = (byte)value;
                try
                {
                    var venue = new Venue { Exchange = Exchange.ReadSnapshot(damaged) };
                    venue.Exchange.Apply(
                        venue.Exchange.AppliedIndex + 1, new Timestamp(long.MaxValue / 2), venue.Bytes(default(Tick)),
                        new(), new ArrayBufferWriter<byte>());
                    Soundness.Require(venue.Exchange);
                    Assert.Empty(venue.Exchange.OrderSessions);
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

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 40)]
    public void Snapshot_is_of_the_moment_when_it_was_begun(int seed, int itemsAtOnce)
    {
        var (venue, traffic, random) = (OrderSessionTraffic.Open(), new OrderSessionTraffic(seed), new Random(seed));
        var snapshots = new SnapshotsUnderWay(random, beginOneIn: 150, goOnOneIn: 3, itemsAtOnce);
        for (var i = 0; i < 4_000; i++)
        {
            venue.Time += traffic.Pause();
            var (command, user) = traffic.Next(venue.Exchange);
            venue.Send(command, user);
            snapshots.Step(venue.Exchange);
        }

        snapshots.Finish();
        Assert.InRange(snapshots.Checked, 10, 100);
    }
}
