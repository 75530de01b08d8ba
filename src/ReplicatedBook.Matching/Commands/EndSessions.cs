using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Logs a user out.</summary>
/// <param name="User">Whom.</param>
/// <param name="Session">One of the user's sessions; 0 for all, and then all access tokens end too.</param>
public readonly record struct EndSessions(UserId User, SessionId Session);
