namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of PUT /v1/accounts/{account_id}/cancel_after: a dead man's switch.</summary>
public sealed record CancelAfterRequest
{
    /// <summary>Milliseconds of cluster time until all open orders of the account are canceled, unless it is set anew
    /// before: 1,000 to 300,000; 0 switches it off.</summary>
    public required int TimeoutMs { get; init; }
}
