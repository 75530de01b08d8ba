using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A session is no more: its refresh tokens are void.</summary>
/// <param name="Session">The session.</param>
/// <param name="User">Whose.</param>
/// <param name="Reason">Why.</param>
public readonly record struct SessionEnded(SessionId Session, UserId User, SessionEnd Reason);
