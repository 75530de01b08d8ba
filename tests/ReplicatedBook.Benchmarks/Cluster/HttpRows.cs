using System.Buffers;
using System.Net;
using ReplicatedBook.Benchmarks.Cluster.Wire;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>Loads over HTTP/1.1, one request at a time per connection.</summary>
/// <param name="market">What is traded.</param>
/// <param name="pids">Processes whose processor time counts.</param>
/// <param name="warmUp">Not counted.</param>
/// <param name="measured">Counted.</param>
internal sealed class HttpRows(LoadMarket market, IReadOnlyList<int> pids, TimeSpan warmUp, TimeSpan measured)
{
    private const int Depth = 10;

    private readonly CpuClock _clock = new(pids);

    /// <summary>Orders, one per request; connections are spread evenly over the nodes.</summary>
    public LoadResult Orders(int connections, params IReadOnlyList<IPEndPoint> nodes)
    {
        var open = OpenForOrders(market, connections, nodes);
        return Closing(open, () => WireLoad.Closed(open, warmUp, measured, _clock));
    }

    /// <summary>Orders at a fixed rate, whatever becomes of earlier ones.</summary>
    public LoadResult OrdersAtRate(int connections, double perSecond, params IReadOnlyList<IPEndPoint> nodes)
    {
        var open = OpenForOrders(market, connections, nodes);
        return Closing(open, () => WireLoad.Open(open, perSecond, warmUp, measured, _clock));
    }

    /// <summary>Orders in batches.</summary>
    public LoadResult Batches(int connections, int orders, IPEndPoint node)
    {
        var run = NewRun();
        var head = HttpProtocol.Post("/v1/orders/batch", $"{node}", market.Bearer);
        var open = Enumerable.Range(0, connections).Select(i =>
        {
            var bodies = new OrderBodies(market, run, i);
            return new WireConnection(
                node, new HttpProtocol(head, output => bodies.WriteBatch(output, orders), OrderBodies.CountTaken));
        }).ToList();
        return Closing(open, () => WireLoad.Closed(open, warmUp, measured, _clock));
    }

    /// <summary>Strong reads of the book.</summary>
    public LoadResult Reads(int connections, IPEndPoint node)
    {
        var head = HttpProtocol.Get($"/v1/instruments/{market.Symbol}/book?depth={Depth}", $"{node}");
        var open = Enumerable.Range(0, connections)
            .Select(_ => new WireConnection(node, new HttpProtocol(head, null, CountBook))).ToList();
        return Closing(open, () => WireLoad.Closed(open, warmUp, measured, _clock));
    }

    /// <summary>Connections that send orders.</summary>
    public static List<WireConnection> OpenForOrders(
        LoadMarket market, int connections, IReadOnlyList<IPEndPoint> nodes)
    {
        var run = NewRun();
        return [.. Enumerable.Range(0, connections).Select(i =>
        {
            var node = nodes[i % nodes.Count];
            var bodies = new OrderBodies(market, run, i);
            var head = HttpProtocol.Post("/v1/orders", $"{node}", market.Bearer);
            return new WireConnection(node, new HttpProtocol(head, bodies.WriteOrder, CountOrder));
        })];
    }

    private static int CountOrder(ReadOnlySpan<byte> body) =>
        body.IndexOf("\"order_id\""u8) >= 0 ? 1 : throw new InvalidDataException("an acknowledgement without an order");

    private static int CountBook(ReadOnlySpan<byte> body) =>
        body.IndexOf("\"bids\""u8) >= 0 ? 1 : throw new InvalidDataException("an answer without a book");

    private static string NewRun() => Guid.NewGuid().ToString("N")[..8];

    private static LoadResult Closing(List<WireConnection> open, Func<LoadResult> run)
    {
        try
        {
            return run();
        }
        finally
        {
            open.ForEach(connection => connection.Dispose());
        }
    }
}
