using System.Buffers;
using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.BettingVenue;

namespace ReplicatedBook.Matching.Tests.Betting;

/// <summary>Goal: nothing is allocated per bet once warm. Method: rounds of bets and cancels until all tables have
/// their size; one more must not allocate a byte.</summary>
public sealed class BettingAllocationTests
{
    private const int CommandsPerRound = 2_000;

    [Theory]
    [InlineData(BettingBookType.TwoRunner)]
    [InlineData(BettingBookType.MultiRunner)]
    public void Warm_market_allocates_nothing_for_bets_and_cancels(BettingBookType bookType)
    {
        var limits = new ExchangeLimits { MaxClosedOrders = 500, MaxTrades = 500 };
        var venue = Open(bookType, accounts: 4, funds: 1_000_000_000L * One, limits: limits);
        var random = new Random(5);
        var events = new EventBuffer();
        var result = new ArrayBufferWriter<byte>(1 << 20);
        var allocated = long.MaxValue;
        for (var round = 0; round < 30 && allocated != 0; round++)
        {
            var commands = Enumerable.Range(0, CommandsPerRound).Select(i => Draw(random, venue, round, i)).ToArray();
            allocated = Run(venue.Exchange, commands, events, result);
        }

        Assert.Equal(0, allocated);
    }

    private static byte[] Draw(Random random, Venue venue, int round, int i)
    {
        var account = 1 + random.Next(4);
        if (random.Next(4) == 0)
        {
            var id = Math.Max(1, (round * CommandsPerRound * 3 / 4) + (i / 2) - random.Next(300));
            return venue.Bytes(new Commands.CancelBet(default, new OrderId(id), default, default), account);
        }

        var odds = OddsLadder.At(99 + random.Next(-40, 60)).Hundredths;
        return venue.Bytes(
            Bet(
                account, (BetSide)random.Next(2), 1 + random.Next(2), odds, 100 * (1 + random.Next(500)),
                (TimeInForce)(random.Next(5) is var drawn and < 3 ? drawn : 0),
                stp: (SelfTradePrevention)random.Next(5), clientOrderId: random.Next(3) == 0 ? $"{round}-{i}" : ""),
            account);
    }

    private static long Run(Exchange exchange, byte[][] commands, EventBuffer events, ArrayBufferWriter<byte> result)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var command in commands)
        {
            events.Clear();
            result.ResetWrittenCount();
            exchange.Apply(
                exchange.AppliedIndex + 1, new Timestamp(exchange.Now.Microseconds + 1), command, events, result);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
