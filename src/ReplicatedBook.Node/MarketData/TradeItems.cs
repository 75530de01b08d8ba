using System.Text.Json;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Node.Api;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.MarketData;

/// <summary>The trades of an entry, each as <c>/v1/instruments/{symbol}/trades</c> lists it. One reader uses
/// it.</summary>
/// <param name="terms">Of which instrument, and in its terms.</param>
internal sealed class TradeItems(InstrumentTerms terms) : PassingEvents
{
    private readonly List<Trade> _trades = [];

    /// <summary>The trades as a JSON list; none where there are none.</summary>
    public ReadOnlyMemory<byte>? Of(FeedEntry entry)
    {
        _trades.Clear();
        EventCodec.Read(entry.Events.Span, this);
        return _trades.Count == 0 ? null : ChannelJson.Of(json =>
        {
            json.WriteStartArray();
            foreach (var trade in _trades)
            {
                Write(json, in trade, entry);
            }

            json.WriteEndArray();
        });
    }

    /// <inheritdoc/>
    public override void On(in Trade e)
    {
        if (e.Instrument == terms.Canonical)
        {
            _trades.Add(e);
        }
    }

    private void Write(Utf8JsonWriter json, in Trade trade, FeedEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("trade_id", IdText.Of(trade.Id));
        json.WriteString("price", terms.Format(terms.CanonicalPriceOf(trade.Price)));
        json.WriteString("quantity", terms.Format(trade.Quantity));
        json.WriteString("taker_side", EnumText.Of(terms.CanonicalSideOf(trade.TakerSide)));
        json.WriteNumber("index", entry.Index);
        json.WriteString("time", TimeText.Of(entry.At));
        json.WriteBoolean("voided", false);
        json.WriteEndObject();
    }
}
