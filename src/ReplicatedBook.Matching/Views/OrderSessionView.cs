using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>A session of orders that is open, or has ended and still has orders.</summary>
/// <param name="Session">Its number.</param>
/// <param name="User">Whose.</param>
/// <param name="Node">Which node holds the user's connection; null once it has ended.</param>
/// <param name="Incarnation">The run of that node; 0 once it has ended.</param>
/// <param name="LeaseEndsAt">When it ends unless the node is heard of; 0 once it has ended.</param>
/// <param name="CancelAt">From when on its orders are canceled; 0 while it is open.</param>
/// <param name="OpenOrders">Orders and bets of it that are open.</param>
public sealed record OrderSessionView(
    OrderSessionId Session, UserId User, string? Node, long Incarnation, Timestamp LeaseEndsAt, Timestamp CancelAt,
    int OpenOrders);
