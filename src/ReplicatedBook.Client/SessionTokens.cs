namespace ReplicatedBook.Client;

/// <summary>What a session is used with.</summary>
/// <param name="AccessToken">Goes with every request; also an API key.</param>
/// <param name="RefreshToken">Is exchanged for the next pair, once: used twice it ends the session. Null where there is
/// none.</param>
public sealed record SessionTokens(string AccessToken, string? RefreshToken)
{
    /// <summary>Says nothing of what it holds.</summary>
    public override string ToString() => nameof(SessionTokens);
}
