using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ReplicatedBook.Contracts.Grpc;

namespace ReplicatedBook.Cluster.Tests.Faults.Followers;

/// <summary>By gRPC: <c>GetBook</c> with single orders, and <c>StreamEvents</c>.</summary>
internal sealed class GrpcEvents(GrpcReader reader, Func<Uri, int> portOf) : IEventWire
{
    private const uint AllOrders = 1_000;

    public async Task<(long Index, IReadOnlyList<RestingOrder> Orders)> SnapshotAsync(
        Uri node, CancellationToken cancellation)
    {
        var request = new GetBookRequest { Instrument = SpotMarket.Symbol, Level = 3, Depth = AllOrders };
        var book = await reader.ReadAsync(portOf(node), "MarketData/GetBook", request, Book.Parser, cancellation)
            .SingleAsync(cancellation);
        return ((long)book.Index, [.. book.Bids.Select(Of(true)), .. book.Asks.Select(Of(false))]);
    }

    public async IAsyncEnumerable<ToldEvent> EventsAsync(
        Uri node, long fromIndex, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new StreamEventsRequest { FromIndex = (ulong)fromIndex };
        await foreach (var told in reader.ReadAsync(
            portOf(node), "Feed/StreamEvents", request, FeedEvent.Parser, cancellation))
        {
            using var data = JsonDocument.Parse(told.Data);
            yield return new ToldEvent(
                (long)told.Index, (int)told.Seq, told.Type,
                data.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.ToString()));
        }
    }

    private static Func<BookLevel, RestingOrder> Of(bool isBuy) => line => new RestingOrder(
        line.OrderId.ToString(CultureInfo.InvariantCulture), isBuy, SpotMarket.PriceOf(line.PriceTicks), line.QtyLots);
}
