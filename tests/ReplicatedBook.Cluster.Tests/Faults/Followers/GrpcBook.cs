using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReplicatedBook.Client.Streaming;
using ReplicatedBook.Contracts.Grpc;

namespace ReplicatedBook.Cluster.Tests.Faults.Followers;

/// <summary>The book of the market by <c>StreamBook</c>, as messages of the channel of the same book. Goes on behind
/// the last message wherever it is opened.</summary>
internal sealed class GrpcBook(GrpcReader reader, Func<Uri, int> portOf)
{
    private const string Channel = $"book:{SpotMarket.Symbol}";

    private ulong _last;

    /// <summary>Opens it at a node.</summary>
    public async IAsyncEnumerable<StreamMessage> OpenAsync(
        Uri node, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new StreamBookRequest { Instrument = SpotMarket.Symbol, FromIndex = _last };
        await foreach (var update in reader.ReadAsync(
            portOf(node), "MarketData/StreamBook", request, BookUpdate.Parser, cancellation))
        {
            _last = update.Index;
            yield return new StreamMessage(
                Channel, update.Kind.ToString().ToLowerInvariant(), (long)update.Index, (long)update.PrevIndex,
                DataOf(update));
        }
    }

    private static JsonElement DataOf(BookUpdate update) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["bids"] = new JsonArray([.. update.Bids.Select(Line)]),
        ["asks"] = new JsonArray([.. update.Asks.Select(Line)]),
        ["checksum"] = update.Checksum,
    });

    private static JsonArray Line(BookLevel level) => new(
        SpotMarket.PriceOf(level.PriceTicks), level.QtyLots.ToString(CultureInfo.InvariantCulture));
}
