namespace ReplicatedBook.Contracts.Http;

/// <summary>One member's answer.</summary>
/// <param name="NodeId">Its name.</param>
/// <param name="Digest">64 hex digits; absent with an error.</param>
/// <param name="StateHash">64 hex digits; only where asked for.</param>
/// <param name="Error">Why there is no digest: unreachable, index_not_reached or index_compacted.</param>
public sealed record ConsistencyNode(string NodeId, string? Digest, string? StateHash, string? Error);
