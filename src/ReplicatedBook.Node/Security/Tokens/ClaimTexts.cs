using ReplicatedBook.Node.Api;

namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>Claims as texts and back.</summary>
internal static class ClaimTexts
{
    public static TokenPayload ToPayload(TokenClaims claims) => new()
    {
        Issuer = claims.Issuer,
        Subject = IdText.Of(claims.User),
        Audience = claims.Audience,
        IssuedAt = claims.IssuedAt,
        ExpiresAt = claims.ExpiresAt,
        Id = claims.Id,
        Session = IdText.Of(claims.Session),
        Roles = EnumText.WordsOf(claims.Roles),
        Scopes = EnumText.WordsOf(claims.Scopes),
        Version = claims.Version,
    };

    /// <summary>Null where a text is none that this build writes.</summary>
    public static TokenClaims? ToClaims(TokenPayload payload) =>
        IdText.ToUser(payload.Subject) is { } user && IdText.ToSession(payload.Session) is { } session
            && WordList.ToRoles(payload.Roles) is { } roles && WordList.ToScopes(payload.Scopes) is { } scopes
            ? new TokenClaims(
                payload.Issuer, payload.Audience, user, session, payload.IssuedAt, payload.ExpiresAt, payload.Id,
                roles, scopes, payload.Version)
            : null;
}
