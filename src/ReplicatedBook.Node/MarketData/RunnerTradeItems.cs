using System.Text.Json;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary>The trades of an entry in which a betting runner has a part, each with the fields that the feed shows
/// everybody. One reader uses it.</summary>
/// <param name="terms">Of the runner's market.</param>
/// <param name="runner">The runner; that of the maker, of the taker, or of both.</param>
internal sealed class RunnerTradeItems(BettingTerms terms, RunnerId runner) : EntryTrades<BetMatched>
{
    /// <inheritdoc/>
    public override void On(in BetMatched e)
    {
        if (e.Market == terms.Id && (e.MakerRunner == runner || e.TakerRunner == runner))
        {
            Add(in e);
        }
    }

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, in BetMatched trade)
    {
        json.WriteString("trade_id", IdText.Of(trade.Trade));
        json.WriteString("instrument", IdText.SymbolOf(trade.Market, trade.MakerRunner));
        json.WriteString("price", BettingTerms.Format(trade.Odds));
        json.WriteString("quantity", terms.Format(trade.MakerStake));
        json.WriteString("maker_side", EnumText.Of(trade.MakerSide));
        json.WriteString("taker_instrument", IdText.SymbolOf(trade.Market, trade.TakerRunner));
        json.WriteString("taker_side", EnumText.Of(trade.TakerSide));
        json.WriteString("taker_quantity", terms.Format(trade.TakerStake));
    }
}
