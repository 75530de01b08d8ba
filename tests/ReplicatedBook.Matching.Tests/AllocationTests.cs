using System.Buffers;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests;

/// <summary>Goal: nothing is allocated per command once warm. Method: the same mixed traffic runs until all tables have
/// their size; one more round of it must not allocate a byte.</summary>
public sealed class AllocationTests
{
    private const int CommandsPerRound = 2_000;
    private const long Pause = 10_000; // Microseconds.

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Warm_exchange_allocates_nothing_for_mixed_commands(bool withOptions)
    {
        var venue = Traffic.Market(new ExchangeLimits
        {
            MaxClosedOrders = 500,
            MaxTrades = 500,
            MaxRequestKeys = 300,
            MinRequestKeyAge = 0,
        });
        var traffic = new Traffic(11);
        if (withOptions)
        {
            // All commands of a round are drawn before it: by then later ones come a little nearer to their end.
            var exchange = venue.WithOptions().Exchange;
            traffic = new Traffic(11) { Clock = () => exchange.Now.Microseconds + (CommandsPerRound * Pause) };
        }

        var events = new EventBuffer();
        var result = new ArrayBufferWriter<byte>(1 << 20);
        var allocated = long.MaxValue;
        for (var round = 0; round < 20 && allocated != 0; round++)
        {
            var commands = Enumerable.Range(0, CommandsPerRound)
                .Select(i => traffic.Next(lastOrder: (round * 1_000) + (i / 2))).ToArray();
            allocated = Run(venue.Exchange, commands, events, result);
        }

        Assert.Equal(0, allocated);
    }

    private static long Run(Exchange exchange, byte[][] commands, EventBuffer events, ArrayBufferWriter<byte> result)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var command in commands)
        {
            events.Clear();
            result.ResetWrittenCount();
            exchange.Apply(
                exchange.AppliedIndex + 1, new Timestamp(exchange.Now.Microseconds + Pause), command, events, result);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
