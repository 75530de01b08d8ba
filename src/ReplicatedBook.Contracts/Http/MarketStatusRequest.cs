namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/markets/{market_id}/status.</summary>
public sealed record MarketStatusRequest
{
    /// <summary>active (from pending or paused), paused (from active) or closed.</summary>
    public required string Status { get; init; }
}
