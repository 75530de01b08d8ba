namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/markets/{market_id}/split and merge: complete sets, which are one share of each
/// outcome.</summary>
public sealed record SetRequest
{
    /// <summary>Whose; may be absent where there is only one account.</summary>
    public string? AccountId { get; init; }

    /// <summary>Sets, a multiple of the lot size; each is worth one unit of the collateral.</summary>
    public required string Quantity { get; init; }
}
