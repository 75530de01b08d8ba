using System.CommandLine;
using System.Text.Json;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Streaming;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb book --watch --level 3: a book order by order, as it changes. The channel tells every change; here they
/// are shown as often as a person can follow.</summary>
internal sealed class OrdersWatch(ParseResult parse, ReplicatedBookClient client, string symbol, int depth)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly StreamedOrder None = new(string.Empty, string.Empty, string.Empty);

    private readonly Lock _gate = new();
    private readonly StreamedOrders _orders = new();

    /// <summary>Shows it until the user wants no more.</summary>
    public async Task<int> RunAsync()
    {
        var stream = client.Follow([$"l3:{symbol}"]);
        await Watch.UntilStoppedAsync(async stopping =>
        {
            var reading = ReadAsync(stream, stopping);
            using var pace = new PeriodicTimer(Interval);
            var shown = 0L;
            while (!reading.IsCompleted)
            {
                var (bids, asks, index) = Look();
                if (index != shown)
                {
                    Show(bids, asks, index, stream.Endpoint!);
                    shown = index;
                }

                await pace.WaitForNextTickAsync(stopping);
            }

            await reading; // It ends only by what it throws.
        });
        return ExitCodes.Ok;
    }

    private async Task ReadAsync(MarketDataStream stream, CancellationToken cancellation)
    {
        await foreach (var message in stream.ReadAsync(cancellation))
        {
            lock (_gate)
            {
                _orders.Apply(message);
            }
        }
    }

    private (StreamedOrder[] Bids, StreamedOrder[] Asks, long Index) Look()
    {
        lock (_gate)
        {
            return ([.. _orders.Bids.Take(depth)], [.. _orders.Asks.Take(depth)], _orders.Index);
        }
    }

    private void Show(StreamedOrder[] bids, StreamedOrder[] asks, long index, Uri node)
    {
        if (GlobalOptions.IsJson(parse))
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new WatchedBook(symbol, index, Lines(bids), Lines(asks)), OutputJson.Default.WatchedBook));
            return;
        }

        Watch.Clear();
        Tables.Print(
            [">ORDER", ">BID QUANTITY", ">BID", ">ASK", ">ASK QUANTITY", ">ORDER"],
            Enumerable.Range(0, Math.Max(bids.Length, asks.Length)).Select(i =>
            {
                var (bid, ask) = (i < bids.Length ? bids[i] : None, i < asks.Length ? asks[i] : None);
                return (IReadOnlyList<string>)
                    [bid.OrderId, bid.Quantity, bid.Price, ask.Price, ask.Quantity, ask.OrderId];
            }));
        Console.WriteLine($"{symbol} at index {index}, from {node.Authority}");
    }

    private static string[][] Lines(StreamedOrder[] orders) =>
        Array.ConvertAll(orders, static order => new[] { order.Price, order.Quantity, order.OrderId });
}
