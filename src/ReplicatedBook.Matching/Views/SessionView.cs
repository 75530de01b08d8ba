using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>A session, without anything secret.</summary>
/// <param name="Id">Which.</param>
/// <param name="User">Whose.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="CreatedAt">When the user logged in.</param>
public sealed record SessionView(SessionId Id, UserId User, Timestamp ExpiresAt, Timestamp CreatedAt);
