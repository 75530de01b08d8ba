using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Ends an API key for good.</summary>
/// <param name="User">Whose it must be.</param>
/// <param name="Key">Which.</param>
public readonly record struct RevokeApiKey(UserId User, ApiKeyId Key);
