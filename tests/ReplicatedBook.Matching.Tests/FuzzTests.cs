using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests;

/// <summary>Goal: applying is total (RELIABILITY.md P10). Method: damaged commands by the hundred thousand; none may
/// throw or
/// lose money, and what is refused as malformed leaves no trace.</summary>
public sealed class FuzzTests
{
    private const int Commands = 100_000;
    private const int Seed = 20_261_120;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damaged_commands_never_throw_and_lose_no_money(bool withOptions)
    {
        var venue = Traffic.Market(
            new ExchangeLimits { MaxClosedOrders = 500, MaxTrades = 500, MaxRequestKeys = 300, MinRequestKeyAge = 0 });
        var time = venue.Time;
        var traffic = withOptions ? new Traffic(Seed) { Clock = () => time } : new Traffic(Seed);
        var random = new Random(Seed);
        _ = withOptions ? venue.WithOptions() : venue;
        var result = new ArrayBufferWriter<byte>();
        var (malformed, accepted) = (0, 0);
        for (var i = 0; i < Commands; i++)
        {
            result.ResetWrittenCount();
            venue.Events.Clear();
            time = venue.Time + (i * (withOptions ? 20_000L : 1));
            var command = Damage(traffic.Next(lastOrder: i / 3), random);
            var applied = venue.Events.Apply(venue.Exchange, time, command, result);
            Assert.Equal(applied.Reason, ResultCodec.Read(result.WrittenSpan).Reason);
            malformed += applied.Reason == RejectReason.MalformedCommand ? 1 : 0;
            accepted += applied.Reason == RejectReason.None ? 1 : 0;
            Assert.True(
                applied.Reason != RejectReason.MalformedCommand || venue.Events.All.All(e => IsOfTime(e)));
            if (i % 250 == 0)
            {
                Soundness.Require(venue.Exchange);
            }
        }

        Soundness.Require(venue.Exchange);
        Assert.InRange(malformed, Commands / 10, Commands);
        Assert.InRange(accepted, Commands / 100, Commands);
    }

    [Fact]
    public void Every_command_cut_short_or_lengthened_is_malformed_and_leaves_no_trace()
    {
        var venue = Traffic.Market().WithOptions();
        var traffic = new Traffic(3) { Clock = () => venue.Time };
        for (var i = 0; i < 120; i++)
        {
            var command = traffic.Next(lastOrder: 5);
            var before = SnapshotParts.WithoutPosition(venue.Snapshot());
            for (var length = 0; length < command.Length; length++)
            {
                Assert.Equal(RejectReason.MalformedCommand, venue.Apply(command[..length]).Reason);
            }

            Assert.Equal(RejectReason.MalformedCommand, venue.Apply([.. command, 0]).Reason);
            Assert.Equal(before, SnapshotParts.WithoutPosition(venue.Snapshot()));
        }
    }

    [Fact]
    public void Huge_counts_and_lengths_allocate_nothing()
    {
        byte[][] greedy =
        [
            [0xDD, 0x7F, 0xFF, 0xFF, 0xFF],
            [0x96, 1, (byte)CommandKind.PlaceBatch, 1, 0xC0, 0, 0xDD, 0x7F, 0xFF, 0xFF, 0xFF],
            [0x97, 2, (byte)CommandKind.PlaceBatch, 1, 0xC0, 0, 0xDD, 0x7F, 0xFF, 0xFF, 0xFF],
            [0x96, 1, (byte)CommandKind.CreateAccount, 1, 0xC0, 0, 0xDB, 0xFF, 0xFF, 0xFF, 0xFF],
            [0x96, 1, (byte)CommandKind.CreateAccount, 1, 0xDB, 0x7F, 0xFF, 0xFF, 0xFF],
        ];
        var venue = Venue.Trading().WithOptions();
        var (events, result) = (new EventBuffer(), new ArrayBufferWriter<byte>(4_096));
        foreach (var command in greedy)
        {
            venue.Apply(command);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var applied = venue.Exchange.Apply(
                venue.Exchange.AppliedIndex + 1, new Timestamp(venue.Time), command, events, result);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(RejectReason.MalformedCommand, applied.Reason);
        }
    }

    /// <summary>What is due happens with any entry.</summary>
    private static bool IsOfTime(object e) => e
        is OrderExpired { Reason: StatusReason.GoodTilDate } or OrderCanceled { Reason: StatusReason.CancelAfter }
        or CancelAfterChanged;

    /// <summary>A command, mostly damaged.</summary>
    internal static byte[] Damage(byte[] command, Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                return command; // Some pass, so that there is a market to damage.
            case 1:
                return command[..random.Next(command.Length + 1)];
            case 2:
                return [.. command, .. command];
            case 3:
                command[random.Next(command.Length)] = (byte)random.Next(256);
                return command;
            case 4:
                command[random.Next(command.Length)] ^= (byte)(1 << random.Next(8));
                return command;
            default:
                // Another number in place of one byte: well-formed, with values that nobody expects.
                var place = random.Next(Math.Min(6, command.Length - 1), command.Length);
                byte[] number = random.Next(4) switch
                {
                    0 => [0xCF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
                    1 => [0xD3, 0x80, 0, 0, 0, 0, 0, 0, 0],
                    2 => [0xFF],
                    _ => [0xCE, 0xFF, 0xFF, 0xFF, 0xFF],
                };
                return [.. command[..place], .. number, .. command[(place + 1)..]];
        }
    }
}
