using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An API key came or went.</summary>
/// <param name="User">Whose.</param>
/// <param name="Key">Which.</param>
/// <param name="Scopes">What for.</param>
/// <param name="ExpiresAt">When it ends; 0 for never.</param>
/// <param name="IsRevoked">Whether it is no more.</param>
public readonly record struct ApiKeyChanged(
    UserId User, ApiKeyId Key, Scopes Scopes, Timestamp ExpiresAt, bool IsRevoked);
