namespace ReplicatedBook.Contracts.Http;

/// <summary>Public keys of all nodes (RFC 7517).</summary>
/// <param name="Keys">Those whose tokens hold.</param>
public sealed record JwksResponse(IReadOnlyList<JwkResponse> Keys);
