namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>Judges access tokens. Safe from any thread.</summary>
/// <param name="issuer">Id of this cluster.</param>
internal sealed class TokenVerifier(string issuer)
{
    /// <summary>Tokens kept as verified. 20,000 users fit; each costs about a kilobyte.</summary>
    private const int Remembered = 10_000;

    /// <summary>How far ahead the clock may have been that a token was issued by, in seconds. What a token allows ends
    /// by <c>exp</c>, to the second; this only keeps nonsense out.</summary>
    private const long MaxAhead = 5;

    private readonly VerifiedTokens _verified = new(Remembered);

    /// <summary>Judges a token by all that does not depend on its user.</summary>
    /// <param name="token">As given.</param>
    /// <param name="keys">Whose signatures hold.</param>
    /// <param name="now">Cluster time, in whole seconds since 1970.</param>
    /// <param name="claims">What it says; null unless it holds.</param>
    public TokenFault Verify(string token, KeyRing keys, long now, out TokenClaims? claims)
    {
        claims = null;
        if (token.Length > TokenText.MaxLength)
        {
            return TokenFault.Invalid;
        }

        var name = VerifiedTokens.NameOf(token);
        var verified = _verified.Find(name);
        if (verified is null || keys.Find(verified.KeyId) is null)
        {
            var fault = CheckSignature(token, keys, out verified);
            if (fault != TokenFault.None)
            {
                return fault;
            }

            _verified.Add(name, verified!);
        }

        var said = verified!.Claims;
        if (said.Issuer != issuer || said.Audience != TokenClaims.Api || said.IssuedAt > now + MaxAhead)
        {
            return TokenFault.Invalid;
        }

        if (now >= said.ExpiresAt)
        {
            return TokenFault.Expired;
        }

        claims = said;
        return TokenFault.None;
    }

    private static TokenFault CheckSignature(string token, KeyRing keys, out VerifiedToken? verified)
    {
        verified = null;
        if (!TokenText.TryRead(token, out var unverified))
        {
            return TokenFault.Invalid;
        }

        if (keys.Find(unverified.KeyId) is not { } key)
        {
            return TokenFault.UnknownKey;
        }

        if (!key.Holds(unverified.Signed, unverified.Signature)
            || TokenText.ReadClaims(unverified.Payload) is not { } claims)
        {
            return TokenFault.Invalid;
        }

        verified = new VerifiedToken(key.Id, claims);
        return TokenFault.None;
    }
}
