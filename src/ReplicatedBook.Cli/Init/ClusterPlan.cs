namespace ReplicatedBook.Cli.Init;

/// <summary>What <c>rb init</c> has been told; kept so that nodes can be added and certificates renewed.</summary>
/// <param name="Cluster">Name of the cluster.</param>
/// <param name="Nodes">Those that founded it, then those added since.</param>
internal sealed record ClusterPlan(string Cluster, IReadOnlyList<InitNode> Nodes);
