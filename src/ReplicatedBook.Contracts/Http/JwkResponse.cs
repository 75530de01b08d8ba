namespace ReplicatedBook.Contracts.Http;

/// <summary>A public key on P-256 (RFC 7518, 6.2).</summary>
/// <param name="Kty">EC.</param>
/// <param name="Crv">P-256.</param>
/// <param name="Kid">Its name in tokens: its thumbprint (RFC 7638).</param>
/// <param name="Use">sig.</param>
/// <param name="Alg">ES256.</param>
/// <param name="X">First coordinate, base64url.</param>
/// <param name="Y">Second coordinate, base64url.</param>
public sealed record JwkResponse(
    string Kty, string Crv, string Kid, string Use, string Alg, string X, string Y);
