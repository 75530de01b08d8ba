using System.Net;
using ReplicatedBook.Benchmarks.Cluster.Wire;

namespace ReplicatedBook.Benchmarks.Cluster.Sessions;

/// <summary>One way in, and how a session of it begins.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="Endpoints">Where it is served; sessions are spread evenly over them.</param>
/// <param name="Begin">The protocol of session k of a run.</param>
internal sealed record Transport(
    string Name, IReadOnlyList<IPEndPoint> Endpoints, Func<LoadMarket, string, int, ISessionProtocol> Begin)
{
    public static Transport Grpc(params IReadOnlyList<IPEndPoint> endpoints) => new(
        "grpc", endpoints, (market, run, k) => new GrpcSession(market, new OrderDraws(run, k)));

    public static Transport WebSocket(IPEndPoint endpoint) => new(
        "ws", [endpoint], (market, run, k) => new WebSocketSession(new OrderBodies(market, run, k), $"{endpoint}"));

    public static Transport Lines(IPEndPoint endpoint) => new(
        "tcp", [endpoint], (market, run, k) => new LineSession(market, new OrderDraws(run, k)));

    /// <summary>Opens sessions, each with a window of orders that may be under way.</summary>
    public List<SessionConnection> Open(LoadMarket market, int sessions, int window)
    {
        var run = Guid.NewGuid().ToString("N")[..8];
        var open = new List<SessionConnection>();
        try
        {
            for (var k = 0; k < sessions; k++)
            {
                open.Add(new SessionConnection(Endpoints[k % Endpoints.Count], Begin(market, run, k), window));
            }

            return open;
        }
        catch
        {
            open.ForEach(connection => connection.Dispose());
            throw;
        }
    }
}
