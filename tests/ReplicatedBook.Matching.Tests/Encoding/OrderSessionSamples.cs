using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.OrderSessionVenue;

namespace ReplicatedBook.Matching.Tests.Encoding;

/// <summary>The part of <see cref="Samples"/> that is about sessions of orders.</summary>
internal static class OrderSessionSamples
{
    private static readonly OrderSessionId Session = new(70_000);

    public static IReadOnlyList<object> Commands { get; } =
    [
        new OpenOrderSession("n1", -1_234_567_890_123, 5_000_000, 60_000_000),
        new CloseOrderSession(Session),
        new RenewOrderSessions("n1", -1_234_567_890_123),
        Order with { Session = Session },
        new PlaceBatch([Order, Order.Showing(5)]) { IsAtomic = true, Session = Session },
        Bet with { Session = Session },
        new PlaceBatchWithBets([new BatchItem(Order, null), new BatchItem(null, Bet)]) { Session = Session },
    ];

    private static PlaceOrder Order => Venue.Order(1, Side.Buy, 6_000_000, 70_000, clientOrderId: "mine");

    private static PlaceBet Bet => BettingVenue.Bet(1, BetSide.Lay, 2, 250, 300);

    public static void Ended(EventBuffer buffer) => buffer.On(new OrderSessionChanged(
        Session, new UserId(300), "n1", OrderSessionChange.LeaseExpired, new Timestamp(1_900_000_000_000_000)));

    public static IEnumerable<(string Name, byte[] Bytes)> Results()
    {
        var venue = Open();
        var session = venue.OpenSession(2);
        yield return ("result order session", venue.LastResult);
        venue.PlaceIn(session, 2);
        venue.RenewSessions();
        yield return ("result order session", venue.LastResult);
        venue.CloseSession(session, 2);
        yield return ("result order session", venue.LastResult);
    }

    /// <summary>Sessions of two nodes, one of them without orders, one with a stop, an iceberg and bets, and one that
    /// has ended whose grace is not over.</summary>
    public static byte[] Snapshot()
    {
        var venue = Open();
        var first = venue.OpenSession(2, grace: 1_000_000);
        venue.OpenSession(3, "n2", incarnation: -7, lease: 60_000_000);
        var third = venue.OpenSession(2, grace: 60_000_000);
        venue.PlaceIn(first, 2);
        venue.Place(Venue.Order(2, Side.Sell, 120, 10).Showing(2) with { Session = first });
        venue.Place(Venue.Order(2, Side.Sell, 80, 10).StoppedAt(85) with { Session = first });
        venue.Place(BettingVenue.Bet(2, BetSide.Back, 1, 300, 100 * BettingVenue.One) with { Session = first });
        venue.PlaceIn(third, 2, price: 91);
        venue.PlaceIn(default, 2, price: 92);
        Assert.Equal(RejectReason.None, venue.CloseSession(third, 2).Reason);
        return venue.Snapshot();
    }
}
