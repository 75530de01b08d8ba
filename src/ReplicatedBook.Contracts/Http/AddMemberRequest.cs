namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/cluster/members.</summary>
public sealed record AddMemberRequest
{
    /// <summary>Name of the new member: 1 to 64 of A-Za-z0-9._:-, of no present member.</summary>
    public required string NodeId { get; init; }

    /// <summary>Where its peers reach it: host:port.</summary>
    public required string Peer { get; init; }

    /// <summary>Where clients reach it: http://host:port.</summary>
    public required string Api { get; init; }
}
