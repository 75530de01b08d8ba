using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.IdentityVenue;

namespace ReplicatedBook.Matching.Tests.Identity;

/// <summary>Goal: ownership, self-trade prevention by user, the audit and sessions allocate nothing per command once
/// warm. Method: rounds of trading with wrapped deposits, transfers, logins and refreshes until all tables have their
/// size; one more must not allocate a byte.</summary>
public sealed class IdentityAllocationTests
{
    private const int CommandsPerRound = 2_000;

    [Fact]
    public void Warm_exchange_allocates_nothing_for_trading_money_and_sessions()
    {
        var limits = new ExchangeLimits { MaxClosedOrders = 500, MaxTrades = 500, MaxAuditRecords = 200 };
        var venue = Open(accounts: 4, limits);
        venue.Accept(new CreateAccount(""), user: 2);
        venue.Deposit(5, Venue.Base, 1_000_000_000);
        venue.Deposit(5, Venue.Quote, 1_000_000_000);
        var random = new Random(5);
        var (events, result) = (new EventBuffer(), new ArrayBufferWriter<byte>(1 << 20));
        var allocated = long.MaxValue;
        for (var round = 0; round < 60 && allocated != 0; round++)
        {
            var commands = Enumerable.Range(0, CommandsPerRound).Select(_ => Draw(random, venue)).ToArray();
            allocated = Run(venue.Exchange, commands, events, result);
        }

        Assert.Equal(0, allocated);
    }

    private static byte[] Draw(Random random, Venue venue)
    {
        var account = 2 + random.Next(4);
        var user = account == 5 ? 2 : account;
        return random.Next(20) switch
        {
            0 => venue.Wrapped(
                new Deposit(new AccountId(account), new AssetId(1), new Amount(5), "gift"), Root, "10.0.0.1"),
            1 => venue.Bytes(
                new Transfer(new AccountId(account), new AccountId(1), new AssetId(2), new Amount(3)), user),
            2 => venue.Wrapped(new OpenSession(
                new UserId(user), 1, Fill(1), Fill(2), OpenSession.MinLifetime), origin: "192.0.2.7"),
            3 => venue.Bytes(new RotateSession(
                new SessionId(random.Next(40)), Fill(1), Fill(2 + random.Next(2)), Fill(2 + random.Next(2)))),
            4 => venue.Bytes(new EndSessions(new UserId(user), new SessionId(random.Next(60))), user),
            5 => venue.Bytes(new CancelOrders(new AccountId(account), default, null), user),
            _ => venue.Bytes(
                Venue.Order(
                    account, (Side)random.Next(2), 90 + random.Next(20), 1 + random.Next(30),
                    stp: (SelfTradePrevention)random.Next(5)),
                user),
        };
    }

    private static long Run(Exchange exchange, byte[][] commands, EventBuffer events, ArrayBufferWriter<byte> result)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var command in commands)
        {
            events.Clear();
            result.ResetWrittenCount();
            exchange.Apply(
                exchange.AppliedIndex + 1, new Timestamp(exchange.Now.Microseconds + 10_000), command, events, result);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
