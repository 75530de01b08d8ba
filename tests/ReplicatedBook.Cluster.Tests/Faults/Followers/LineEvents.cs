using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace ReplicatedBook.Cluster.Tests.Faults.Followers;

/// <summary>By lines: <c>SNAPSHOT</c> with single orders, and <c>FEED</c>.</summary>
internal sealed class LineEvents(Func<Uri, int> portOf) : IEventWire
{
    private const int AllOrders = 1_000;

    public async Task<(long Index, IReadOnlyList<RestingOrder> Orders)> SnapshotAsync(
        Uri node, CancellationToken cancellation)
    {
        using var socket = await ConnectAsync(node, cancellation);
        using var lines = new StreamReader(socket.GetStream(), Encoding.ASCII);
        await SendAsync(socket, $"SNAPSHOT s {SpotMarket.Symbol} level=3 depth={AllOrders}", cancellation);
        var head = await TakeAsync(lines, "BOOK s ", cancellation);
        var orders = new List<RestingOrder>();
        while ((await TakeAsync(lines, "", cancellation)).Split(' ') is ["L", "s", ..] fields) // L s B 100.10 5 8812
        {
            orders.Add(new RestingOrder(fields[5], fields[2] == "B", fields[3], Number(fields[4])));
        }

        return (Number(FieldsOf(head.Split(' '))["index"]), orders);
    }

    public async IAsyncEnumerable<ToldEvent> EventsAsync(
        Uri node, long fromIndex, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var socket = await ConnectAsync(node, cancellation);
        using var lines = new StreamReader(socket.GetStream(), Encoding.ASCII);
        await SendAsync(
            socket, string.Create(CultureInfo.InvariantCulture, $"FEED f ON from={fromIndex}"), cancellation);
        await TakeAsync(lines, "OK f", cancellation);
        while (true)
        {
            var words = (await TakeAsync(lines, "EVENT ", cancellation)).Split(' '); // EVENT 88123.0 trade key=value
            var place = words[1].Split('.');
            yield return new ToldEvent(Number(place[0]), (int)Number(place[1]), words[2], FieldsOf(words));
        }
    }

    private async Task<TcpClient> ConnectAsync(Uri node, CancellationToken cancellation)
    {
        var socket = new TcpClient { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, portOf(node), cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task SendAsync(TcpClient socket, string line, CancellationToken cancellation) =>
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(line + "\n"), cancellation);

    private static async Task<string> TakeAsync(StreamReader lines, string begin, CancellationToken cancellation)
    {
        var line = await lines.ReadLineAsync(cancellation);
        return line?.StartsWith(begin, StringComparison.Ordinal) is true ? line : throw new IOException(line ?? "end");
    }

    private static Dictionary<string, string> FieldsOf(string[] words) => words
        .Select(word => word.Split('=', 2))
        .Where(parts => parts.Length == 2)
        .ToDictionary(parts => parts[0], parts => Uri.UnescapeDataString(parts[1]));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
