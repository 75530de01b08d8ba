using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Adds an API key.</summary>
/// <param name="User">Whose.</param>
/// <param name="Label">0 to 64 printable ASCII characters, for people.</param>
/// <param name="Scopes">At least one.</param>
/// <param name="ExpiresAt">When it ends; 0 for never. In the future.</param>
/// <param name="AllowedAddresses">0 to <see cref="MaxAddresses"/> addresses or ranges of addresses (CIDR) that it may
/// be used from; none for any. Characters only are checked here.</param>
/// <param name="SecretHash">SHA-256 of its secret.</param>
public readonly record struct CreateApiKey(
    UserId User,
    string Label,
    Scopes Scopes,
    Timestamp ExpiresAt,
    IReadOnlyList<string> AllowedAddresses,
    Bytes32 SecretHash)
{
    /// <summary>Most addresses.</summary>
    public const int MaxAddresses = 16;
}
