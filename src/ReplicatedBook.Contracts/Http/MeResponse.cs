namespace ReplicatedBook.Contracts.Http;

/// <summary>Who asks.</summary>
/// <param name="UserId">The caller's id; local on a node without authentication.</param>
/// <param name="Username">The caller's name.</param>
/// <param name="Roles">What the caller may do.</param>
/// <param name="Scopes">What the credential may be used for.</param>
/// <param name="Accounts">Ids of the caller's accounts, in order.</param>
public sealed record MeResponse(
    string UserId, string Username, IReadOnlyList<string> Roles, IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Accounts);
