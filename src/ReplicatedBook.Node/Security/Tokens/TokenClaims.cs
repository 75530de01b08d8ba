using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>What an access token says (API.md 2.1).</summary>
/// <param name="Issuer">Id of the cluster.</param>
/// <param name="Audience">What it is good for.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Session">The session it was given out for; it ends with it.</param>
/// <param name="IssuedAt">Cluster time, in whole seconds since 1970.</param>
/// <param name="ExpiresAt">The first second in which it no longer holds.</param>
/// <param name="Id">Its own name; no other token has it.</param>
/// <param name="Roles">Of the user when it was issued; for the client to read, never to decide by.</param>
/// <param name="Scopes">What it may be used for.</param>
/// <param name="Version">The user's token version when it was issued; with another one it no longer holds.</param>
internal sealed record TokenClaims(
    string Issuer, string Audience, UserId User, SessionId Session, long IssuedAt, long ExpiresAt, string Id,
    Roles Roles, Scopes Scopes, int Version)
{
    /// <summary>The audience of access tokens.</summary>
    public const string Api = "rb-api";
}
