using System.Text.Json;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Node.Api;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary>The trades of an entry, each as <c>/v1/instruments/{symbol}/trades</c> lists it. One reader uses
/// it.</summary>
/// <param name="terms">Of which instrument, and in its terms.</param>
internal sealed class TradeItems(InstrumentTerms terms) : EntryTrades<Trade>
{
    /// <inheritdoc/>
    public override void On(in Trade e)
    {
        if (e.Instrument == terms.Canonical)
        {
            Add(in e);
        }
    }

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, in Trade trade)
    {
        json.WriteString("trade_id", IdText.Of(trade.Id));
        json.WriteString("price", terms.Format(terms.CanonicalPriceOf(trade.Price)));
        json.WriteString("quantity", terms.Format(trade.Quantity));
        json.WriteString("taker_side", EnumText.Of(terms.CanonicalSideOf(trade.TakerSide)));
        json.WriteBoolean("voided", false);
    }
}
