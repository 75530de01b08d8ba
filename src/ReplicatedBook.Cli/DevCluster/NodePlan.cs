namespace ReplicatedBook.Cli.DevCluster;

/// <summary>All that is needed to start one node, and to start it again the same way.</summary>
/// <param name="Name">Its name, such as n1.</param>
/// <param name="Endpoint">Base address of its HTTP API.</param>
/// <param name="PeerPort">Port for its peers.</param>
/// <param name="Arguments">Arguments of the node program, the configuration file among them.</param>
/// <param name="WorkingDirectory">Where it runs; paths in its configuration are relative to it.</param>
/// <param name="LogPath">File that receives its output, appended.</param>
public sealed record NodePlan(
    string Name, Uri Endpoint, int PeerPort, IReadOnlyList<string> Arguments, string WorkingDirectory, string LogPath)
{
    /// <summary>Port of its gRPC interface; null where it has none.</summary>
    public int? GrpcPort { get; init; }

    /// <summary>Port of its line protocol; null where it has none.</summary>
    public int? TcpPort { get; init; }

    /// <summary>Every port that it listens on.</summary>
    internal IEnumerable<int> Ports =>
        new[] { Endpoint.Port, PeerPort, GrpcPort, TcpPort }.OfType<int>();
}
