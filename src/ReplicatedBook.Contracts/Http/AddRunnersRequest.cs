namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/betting/markets/{market_id}/runners.</summary>
public sealed record AddRunnersRequest
{
    /// <summary>At least one; the market is one of many runners.</summary>
    public required IReadOnlyList<RunnerRequest> Runners { get; init; }
}
