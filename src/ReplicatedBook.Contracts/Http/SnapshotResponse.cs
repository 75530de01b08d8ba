namespace ReplicatedBook.Contracts.Http;

/// <summary>One durable snapshot of a node.</summary>
/// <param name="SnapshotId">Names it on its node; the same entry has the same id everywhere.</param>
/// <param name="NodeId">The node that keeps it.</param>
/// <param name="Index">Last entry it contains.</param>
/// <param name="Term">Term of that entry.</param>
/// <param name="Bytes">Length of the download.</param>
/// <param name="StateHash">64 hex digits: SHA-256 over the whole state, equal on all nodes at one index.</param>
public sealed record SnapshotResponse(
    string SnapshotId, string NodeId, long Index, long Term, long Bytes, string StateHash);
