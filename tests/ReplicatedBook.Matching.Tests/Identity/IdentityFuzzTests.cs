using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Encoding;
using ReplicatedBook.Matching.Tests.Testing;

namespace ReplicatedBook.Matching.Tests.Identity;

/// <summary>Goal: commands of users and keys are total as all else is. Method: damaged commands and damaged snapshots;
/// none may throw what is not foreseen, lose money or break a law.</summary>
public sealed class IdentityFuzzTests
{
    private const int Commands = 30_000;

    [Fact]
    public void Damaged_commands_never_throw_and_break_no_law()
    {
        var (venue, traffic, random) = (IdentityTraffic.Open(), new IdentityTraffic(9), new Random(9));
        var result = new ArrayBufferWriter<byte>();
        var (malformed, accepted) = (0, 0);
        for (var i = 0; i < Commands; i++)
        {
            result.ResetWrittenCount();
            venue.Events.Clear();
            venue.Time += 100_000;
            var command = FuzzTests.Damage([.. traffic.Next(venue)], random);
            var applied = venue.Events.Apply(venue.Exchange, venue.Time, command, result);
            Assert.Equal(applied.Reason, ResultCodec.Read(result.WrittenSpan).Reason);
            malformed += applied.Reason == RejectReason.MalformedCommand ? 1 : 0;
            accepted += applied.Reason == RejectReason.None ? 1 : 0;
            Assert.True(applied.Reason != RejectReason.MalformedCommand || venue.Events.All.Count == 0);
            if (i % 100 == 0)
            {
                Soundness.Require(venue.Exchange);
                IdentitySoundness.Require(venue.Exchange, IdentityTraffic.Limits);
            }
        }

        Assert.InRange(malformed, Commands / 10, Commands);
        Assert.InRange(accepted, Commands / 20, Commands);
    }

    [Fact]
    public void Every_command_cut_short_or_lengthened_is_malformed_and_leaves_no_trace()
    {
        var venue = IdentityVenue.Open();
        foreach (var command in IdentitySamples.Commands)
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
        var snapshot = IdentitySamples.Snapshot();
        var limits = new ExchangeLimits { MaxSessionsPerUser = 255, MaxApiKeysPerUser = 255, MaxSigningKeys = 65_535 };
        var refused = 0;
        for (var place = 0; place < snapshot.Length; place++)
        {
            foreach (var value in new[] { 0x00, 0x01, 0x7F, 0xFF, snapshot[place] ^ 1 })
            {
                byte[] damaged = [.. snapshot];
                damaged[place] = (byte)value;
                try
                {
                    var exchange = Exchange.ReadSnapshot(damaged);
                    Soundness.Require(exchange);
                    IdentitySoundness.Require(exchange, limits);
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

    [Fact]
    public void No_byte_of_an_audit_record_in_a_snapshot_can_be_changed()
    {
        var snapshot = IdentitySamples.Snapshot();
        var record = "username:mallory"u8;
        var place = snapshot.AsSpan().LastIndexOf(record);
        Assert.True(place > 0);
        for (var i = 0; i < record.Length; i++)
        {
            byte[] damaged = [.. snapshot];
            damaged[place + i] ^= 1;
            var refusal = Assert.Throws<FormatException>(() => Exchange.ReadSnapshot(damaged));
            Assert.Contains("the chain of the audit", refusal.Message, StringComparison.Ordinal);
        }
    }
}
