using System.Runtime.CompilerServices;
using System.Text.Json;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary><c>l3:{symbol}</c>: the book order by order.</summary>
internal sealed class OrderBookChannel(OrderStreams streams, InstrumentTerms terms) : IChannel
{
    /// <inheritdoc/>
    public bool IsPrivate => false;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChannelMessage> FollowAsync(
        long? fromIndex, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var update in streams.FollowAsync(terms, fromIndex, cancellation))
        {
            yield return update.Kind switch
            {
                BookUpdateKind.Overrun => new ChannelMessage(
                    ChannelMessage.Overrun, update.Index, update.PrevIndex, default),
                BookUpdateKind.Snapshot => new ChannelMessage(
                    ChannelMessage.Snapshot, update.Index, 0, SnapshotOf(update)),
                _ => new ChannelMessage(ChannelMessage.Delta, update.Index, update.PrevIndex, DeltaOf(update)),
            };
        }
    }

    /// <summary>As <c>level=3</c> of the HTTP interface lists orders.</summary>
    private byte[] SnapshotOf(OrderUpdate update) => ChannelJson.Of(json =>
    {
        json.WriteStartObject();
        WriteSide(json, "bids", update.Added.Where(line => line.Side == Side.Buy));
        WriteSide(json, "asks", update.Added.Where(line => line.Side == Side.Sell));
        json.WriteEndObject();
    });

    private void WriteSide(Utf8JsonWriter json, string name, IEnumerable<OrderLine> lines)
    {
        json.WriteStartArray(name);
        foreach (var line in lines)
        {
            json.WriteStartArray();
            json.WriteStringValue(terms.Format(line.Price));
            json.WriteStringValue(terms.Format(line.Quantity));
            json.WriteStringValue(IdText.Of(line.Order));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private byte[] DeltaOf(OrderUpdate update) => ChannelJson.Of(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("removed");
        foreach (var order in update.Removed)
        {
            json.WriteStringValue(IdText.Of(order));
        }

        json.WriteEndArray();
        WriteOrders(json, "changed", update.Changed);
        WriteOrders(json, "added", update.Added);
        json.WriteEndObject();
    });

    private void WriteOrders(Utf8JsonWriter json, string name, IReadOnlyList<OrderLine> lines)
    {
        json.WriteStartArray(name);
        foreach (var line in lines)
        {
            json.WriteStartObject();
            json.WriteString("order_id", IdText.Of(line.Order));
            json.WriteString("side", EnumText.Of(line.Side));
            json.WriteString("price", terms.Format(line.Price));
            json.WriteString("quantity", terms.Format(line.Quantity));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
