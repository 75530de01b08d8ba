namespace ReplicatedBook.Contracts.Http;

/// <summary>Says where a command stands in the log, so that anyone can check it on another node (API.md 1.7).</summary>
/// <param name="CommandId">c{index}.{term}.</param>
/// <param name="Index">Log index.</param>
/// <param name="Term">Term of the entry; absent when this node no longer keeps its record.</param>
/// <param name="Digest">Running digest after the entry, 64 hex digits; absent likewise.</param>
/// <param name="CommittedAt">Cluster time of the entry.</param>
/// <param name="Node">Who answered.</param>
public sealed record Receipt(
    string? CommandId, long Index, long? Term, string? Digest, string? CommittedAt, string Node);
