namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/auth/refresh.</summary>
public sealed record RefreshRequest
{
    /// <summary>The newest of its session; an older one ends the session.</summary>
    public required string RefreshToken { get; init; }
}
