namespace ReplicatedBook.Cli;

/// <summary>Where the other interfaces of a node are, seen from the port of its HTTP interface, when nothing else is
/// said: HTTP 800k, gRPC 810k, TCP lines 820k, peers 830k (API.md 7).</summary>
internal static class PortPlan
{
    public const int GrpcOffset = 100;
    public const int TcpOffset = 200;
    public const int PeerOffset = 300;
}
