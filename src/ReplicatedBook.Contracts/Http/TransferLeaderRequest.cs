namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/cluster/leader; the body may be absent.</summary>
public sealed record TransferLeaderRequest
{
    /// <summary>Who is to lead; absent for the member that is furthest along.</summary>
    public string? NodeId { get; init; }
}
