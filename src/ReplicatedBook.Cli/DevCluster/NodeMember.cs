using System.Globalization;

namespace ReplicatedBook.Cli.DevCluster;

/// <summary>One member of a cluster on this machine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="HttpPort">Port of its HTTP API on 127.0.0.1.</param>
/// <param name="PeerPort">Port for its peers on 127.0.0.1.</param>
internal sealed record NodeMember(string Name, int HttpPort, int PeerPort)
{
    /// <summary>Port of its gRPC interface on 127.0.0.1; null where it has none.</summary>
    public int? GrpcPort { get; init; }

    /// <summary>Port of its line protocol on 127.0.0.1; null where it has none.</summary>
    public int? TcpPort { get; init; }

    public Uri Endpoint => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{HttpPort}/"));

    /// <summary>Flags of the node program that make it this member of a cluster, whatever its configuration file
    /// says.</summary>
    /// <param name="members">All members, this one included.</param>
    /// <param name="dataDirectory">Where this one keeps its log.</param>
    public IEnumerable<string> Flags(IReadOnlyList<NodeMember> members, string dataDirectory)
    {
        var own = string.Create(CultureInfo.InvariantCulture, $"--Http:Port={HttpPort}");
        var peer = string.Create(CultureInfo.InvariantCulture, $"--Peer:Port={PeerPort}");
        return
        [
            $"--Node:Id={Name}", $"--Node:DataDirectory={dataDirectory}", own, peer, .. PortFlags("Grpc", GrpcPort),
            .. PortFlags("Tcp", TcpPort),
            .. members.SelectMany((member, at) => member.MemberFlags(at)),
        ];
    }

    private static IEnumerable<string> PortFlags(string section, int? port) =>
        port is { } known ? [string.Create(CultureInfo.InvariantCulture, $"--{section}:Port={known}")] : [];

    private IEnumerable<string> MemberFlags(int at)
    {
        var section = string.Create(CultureInfo.InvariantCulture, $"--Cluster:Members:{at}");
        yield return $"{section}:NodeId={Name}";
        yield return string.Create(CultureInfo.InvariantCulture, $"{section}:Peer=127.0.0.1:{PeerPort}");
        yield return string.Create(CultureInfo.InvariantCulture, $"{section}:Api=http://127.0.0.1:{HttpPort}");
    }
}
