using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Sessions;

/// <summary>Goal: sessions of orders allocate nothing per command once warm. Method: rounds of opening, placing,
/// renewing and closing on a node that always has one until all tables have their size; one more must not allocate a
/// byte.</summary>
public sealed class OrderSessionAllocationTests
{
    private const int CommandsPerRound = 2_000;

    [Fact]
    public void Warm_exchange_allocates_nothing_for_sessions_and_what_is_placed_in_them()
    {
        var venue = OrderSessionVenue.Open(limits: new ExchangeLimits { MaxClosedOrders = 500, MaxTrades = 500 });
        var random = new Random(5);
        var (events, result) = (new EventBuffer(), new ArrayBufferWriter<byte>(1 << 20));
        venue.OpenSession(1); // The node's first: what allocates.
        var (allocated, opened) = (long.MaxValue, 1L);
        for (var round = 0; round < 60 && allocated != 0; round++)
        {
            var commands = new byte[CommandsPerRound][];
            for (var i = 0; i < commands.Length; i++)
            {
                commands[i] = Draw(random, venue, ref opened);
            }

            allocated = Run(venue.Exchange, commands, events, result);
        }

        Assert.Equal(0, allocated);
        Assert.True(venue.Exchange.OrderSessions.Count > 1);
    }

    private static byte[] Draw(Random random, Venue venue, ref long opened)
    {
        var recent = new OrderSessionId(Math.Max(1, opened - random.Next(8)));
        switch (random.Next(20))
        {
            case 0:
                opened++;
                return venue.Bytes(new OpenOrderSession("n1", 1, OpenOrderSession.MaxLease, 0), user: 2);
            case 1:
                return venue.Bytes(
                    new CloseOrderSession(new OrderSessionId(Math.Max(2, recent.Value))), user: 2);
            case 2:
                return venue.Bytes(new RenewOrderSessions("n1", 1));
            case 3:
                return venue.Bytes(
                    BettingVenue.Bet(2, BetSide.Back, 1, 300, 100 * BettingVenue.One) with { Session = recent },
                    user: 2);
            default:
                return venue.Bytes(
                    Venue.Order(2, (Side)random.Next(2), 90 + random.Next(20), 1) with { Session = recent }, user: 2);
        }
    }

    private static long Run(Exchange exchange, byte[][] commands, EventBuffer events, ArrayBufferWriter<byte> result)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var command in commands)
        {
            events.Clear();
            result.ResetWrittenCount();
            exchange.Apply(
                exchange.AppliedIndex + 1, new Timestamp(exchange.Now.Microseconds + 10), command, events, result);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
