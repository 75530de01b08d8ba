using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A user logged in.</summary>
/// <param name="Session">The session.</param>
/// <param name="User">Whose.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
public readonly record struct SessionOpened(SessionId Session, UserId User, Timestamp ExpiresAt);
