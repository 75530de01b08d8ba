using System.Buffers;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests;

/// <summary>Goal: how the levels of a book are kept shows in nothing. Method: two exchanges, one on each structure, get
/// the same commands, a million in all, and must give the same bytes; now and then each is built anew from the other's
/// snapshot.</summary>
public sealed class LevelStructureTests
{
    private const int CommandsPerRun = 100_000;
    private const int Batch = 2_000;
    private const long Pause = 10_000; // Microseconds.
    private const int BatchesPerRestore = 7;
    private const int LadderPrices = LadderLevels.MaxPrices;

    private readonly ArrayBufferWriter<byte> _sortedSnapshot = new();
    private readonly ArrayBufferWriter<byte> _ladderSnapshot = new();

    [Theory]
    [InlineData(1, 90, 21, 128, false)] // Few prices: levels hold many orders,
    [InlineData(2, 1, 8, 8, false)]     // and all prices of the ladder are used, the first and the last.
    [InlineData(3, 60, 10, 350, false)]
    [InlineData(4, 1, 350, 350, false)] // Many: levels come and go.
    [InlineData(5, 100, 200, 350, false)]
    [InlineData(6, 4_500, 1_000, 9_999, false)]
    [InlineData(7, 1, 9_999, 9_999, false)]
    [InlineData(8, 4_000, 300, 9_999, false)] // Across the bounds of the words and groups of bits.
    [InlineData(9, 260_000, 2_144, LadderPrices, false)]
    [InlineData(10, 1, LadderPrices, LadderPrices, false)]
    [InlineData(11, 90, 21, 128, true)] // With orders of all types.
    [InlineData(12, 1, 350, 350, true)]
    [InlineData(13, 4_500, 1_000, 9_999, true)]
    [Trait("MatchingScenario", "115 different_level_structure_implementations_agree")]
    public void Different_level_structures_agree(
        int seed, int lowestPrice, int prices, int ladderPrices, bool withOptions)
    {
        var sorted = Market(ladderPrices: 0);
        var ladder = Market(ladderPrices);
        var (events, lastOrder) = (new EventBuffer(), 0L);
        var traffic = new Traffic(seed, lowestPrice, prices)
        {
            Clock = withOptions ? () => sorted.Now.Microseconds + Pause : null,
        };
        var (otherEvents, result, otherResult) =
            (new EventBuffer(), new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        for (var command = 1; command <= CommandsPerRun; command++)
        {
            var bytes = traffic.Next(lastOrder);
            Apply(sorted, bytes, events, result);
            Apply(ladder, bytes, otherEvents, otherResult);
            Assert.True(events.Bytes.SequenceEqual(otherEvents.Bytes), $"events of command {command} differ");
            Assert.True(result.WrittenSpan.SequenceEqual(otherResult.WrittenSpan), $"result {command} differs");
            while (sorted.FindOrder(new OrderId(lastOrder + 1)) is not null)
            {
                lastOrder++;
            }

            if (command % Batch == 0)
            {
                RequireEqualStates(sorted, ladder);
                if (command / Batch % BatchesPerRestore == 0)
                {
                    sorted = Exchange.ReadSnapshot(_ladderSnapshot.WrittenSpan);
                    ladder = Exchange.ReadSnapshot(_sortedSnapshot.WrittenSpan, ladderPrices);
                }
            }
        }

        Assert.True(
            lastOrder > CommandsPerRun / (withOptions ? 8 : 4), "too few orders were accepted to show anything");
    }

    private static Exchange Market(int ladderPrices)
    {
        var limits = new ExchangeLimits
        {
            MaxClosedOrders = 400,
            MaxClosedOrdersPerAccount = 120,
            MaxTrades = 300,
            MaxRequestKeys = 200,
            MinRequestKeyAge = 0,
        };
        return Exchange.ReadSnapshot(Traffic.Market(limits).WithOptions().Snapshot(), ladderPrices);
    }

    private static void Apply(Exchange exchange, byte[] command, EventBuffer events, ArrayBufferWriter<byte> result)
    {
        events.Clear();
        result.ResetWrittenCount();
        exchange.Apply(
            exchange.AppliedIndex + 1, new Timestamp(exchange.Now.Microseconds + Pause), command, events, result);
    }

    private void RequireEqualStates(Exchange sorted, Exchange ladder)
    {
        _sortedSnapshot.ResetWrittenCount();
        _ladderSnapshot.ResetWrittenCount();
        sorted.WriteSnapshot(_sortedSnapshot);
        ladder.WriteSnapshot(_ladderSnapshot);
        Assert.True(_sortedSnapshot.WrittenSpan.SequenceEqual(_ladderSnapshot.WrittenSpan), "states differ");
        var (first, second) = (new byte[32], new byte[32]);
        sorted.StateHash(first);
        ladder.StateHash(second);
        Assert.Equal(first, second);
    }
}
