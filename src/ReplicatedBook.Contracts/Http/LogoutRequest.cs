namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/auth/logout.</summary>
public sealed record LogoutRequest
{
    /// <summary>Whether all sessions of the user end; else that of the access token.</summary>
    public bool? All { get; init; }
}
