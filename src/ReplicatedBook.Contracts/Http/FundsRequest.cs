namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of a deposit or a withdrawal.</summary>
public sealed record FundsRequest
{
    /// <summary>Symbol of the asset.</summary>
    public required string Asset { get; init; }

    /// <summary>Positive decimal with at most the digits of the asset's scale.</summary>
    public required string Amount { get; init; }

    /// <summary>0 to 64 printable ASCII characters, for people.</summary>
    public string? Reference { get; init; }
}
