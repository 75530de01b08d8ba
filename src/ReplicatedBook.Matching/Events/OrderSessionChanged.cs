using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A session of orders was opened or has ended.</summary>
/// <param name="Session">The session.</param>
/// <param name="User">Whose.</param>
/// <param name="Node">Which node holds, or held, the user's connection.</param>
/// <param name="Change">What became of it.</param>
/// <param name="CancelAt">From when on its orders are canceled; 0 when it was opened.</param>
public readonly record struct OrderSessionChanged(
    OrderSessionId Session, UserId User, string Node, OrderSessionChange Change, Timestamp CancelAt);
