namespace ReplicatedBook.Cli.DevCluster;

/// <summary>What other terminals need to know of a running development cluster.</summary>
/// <param name="Supervisor">The process that holds the nodes.</param>
/// <param name="Nodes">In the order of their names.</param>
internal sealed record DevClusterState(ProcessIdentity Supervisor, IReadOnlyList<NodeState> Nodes)
{
    /// <summary>Whether its supervisor is still there.</summary>
    public bool IsSupervised => Supervisor.IsAlive;

    /// <summary>A node by its name; "2" stands for "n2".</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public NodeState Node(string name) =>
        Nodes.FirstOrDefault(node => node.Name == name || node.Name == "n" + name)
        ?? throw new UsageException($"no node {name}; there are {string.Join(", ", Nodes.Select(node => node.Name))}");

    /// <summary>The same state with one node changed.</summary>
    public DevClusterState With(NodeState changed) =>
        this with { Nodes = [.. Nodes.Select(node => node.Name == changed.Name ? changed : node)] };
}
