using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>An API key that is not revoked, without anything secret; it may have expired.</summary>
/// <param name="Id">Which.</param>
/// <param name="User">Whose.</param>
/// <param name="Label">For people; may be empty.</param>
/// <param name="Scopes">At least one.</param>
/// <param name="ExpiresAt">When it ends; null for never.</param>
/// <param name="AllowedAddresses">Addresses and ranges that it may be used from; none for any.</param>
/// <param name="CreatedIndex">Log index that added it.</param>
/// <param name="CreatedAt">When.</param>
public sealed record ApiKeyView(
    ApiKeyId Id,
    UserId User,
    string Label,
    Scopes Scopes,
    Timestamp? ExpiresAt,
    IReadOnlyList<string> AllowedAddresses,
    long CreatedIndex,
    Timestamp CreatedAt);
