namespace ReplicatedBook.Cluster.Tests.Chaos.Judging;

/// <summary>One node's whole state at one index.</summary>
/// <param name="Node">Which node.</param>
/// <param name="Index">After which entry.</param>
/// <param name="Digest">Running digest of the log.</param>
/// <param name="StateHash">Hash of the state.</param>
/// <param name="Parts">Canonical text of each part, by name.</param>
internal sealed record ClusterState(
    string Node, long Index, string Digest, string StateHash, IReadOnlyDictionary<string, string> Parts);
