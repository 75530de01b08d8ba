namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/assets.</summary>
public sealed record CreateAssetRequest
{
    /// <summary>1 to 32 characters of A-Za-z0-9._-; unique.</summary>
    public required string Asset { get; init; }

    /// <summary>Digits after the point, 0 to 12.</summary>
    public required int Scale { get; init; }
}
