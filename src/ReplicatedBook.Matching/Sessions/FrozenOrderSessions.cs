using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Sessions;

/// <summary>An image of all sessions of orders.</summary>
internal sealed class FrozenOrderSessions
{
    public required long LastNumber { get; init; }

    /// <summary>The nodes with open sessions, each with its lease and when that ends.</summary>
    public required List<(SessionNode Node, long Lease, long DueAt)> Nodes { get; init; }

    public required int Count { get; init; }

    public required int First { get; init; }

    public required FrozenArray<OrderSession> Sessions { get; init; }

    public required FrozenArray<SessionLink> OrderLinks { get; init; }

    public required FrozenArray<SessionLink> BetLinks { get; init; }

    /// <summary>Whose ids the orders of the sessions have; ended with the exchange's image.</summary>
    public required FrozenOrders Orders { get; init; }

    /// <summary>Whose ids the bets of the sessions have.</summary>
    public required FrozenArray<Bet> Bets { get; init; }

    /// <summary>Says that it is no longer read.</summary>
    public void End()
    {
        Sessions.End();
        OrderLinks.End();
        BetLinks.End();
    }
}
