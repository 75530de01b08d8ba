namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/api_keys.</summary>
public sealed record CreateApiKeyRequest
{
    /// <summary>0 to 64 printable ASCII characters, for people.</summary>
    public string? Label { get; init; }

    /// <summary>At least one of read and trade.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it ends; absent for never.</summary>
    public string? ExpiresAt { get; init; }

    /// <summary>0 to 16 addresses, or ranges such as 10.0.0.0/8, that it may be used from; absent or empty for
    /// any.</summary>
    public IReadOnlyList<string>? IpAllow { get; init; }
}
