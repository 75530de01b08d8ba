namespace ReplicatedBook.Contracts.Http;

/// <summary>One node's digest after an entry.</summary>
/// <param name="Index">Log index.</param>
/// <param name="Term">Its term.</param>
/// <param name="Digest">64 hex digits.</param>
/// <param name="StateHash">64 hex digits; only where asked for.</param>
public sealed record DigestResponse(long Index, long Term, string Digest, string? StateHash);
