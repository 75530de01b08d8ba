namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>A token whose signature holds.</summary>
/// <param name="KeyId">Whose signature it has.</param>
/// <param name="Claims">What it says.</param>
internal sealed record VerifiedToken(string KeyId, TokenClaims Claims);
