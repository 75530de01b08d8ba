using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>What would become of an order, as clients see it.</summary>
internal static class PreviewShapes
{
    /// <summary>Of an order that would be accepted; of one that exists already, how that stands.</summary>
    public static OrderPreviewResponse Of(OrderPreview preview, Side side, InstrumentTerms terms)
    {
        if (preview.Existing is { } order)
        {
            return new OrderPreviewResponse(
                EnumText.Of(order.Status), EnumText.Of(order.Reason), terms.Format(order.Filled),
                terms.Format(order.Remaining), terms.FormatAverage(order.FilledValue, order.Filled),
                terms.FormatReserved(side, order.Reserved), [], OrderShapes.Of(order, terms));
        }

        var (lots, value) = (0L, (Int128)0);
        var fills = new PreviewFillResponse[preview.Fills.Count];
        for (var i = 0; i < fills.Length; i++)
        {
            var fill = preview.Fills[i];
            lots += fill.Quantity.Lots;
            value += (Int128)fill.Price.Ticks * fill.Quantity.Lots;
            fills[i] = new PreviewFillResponse(
                terms.Format(fill.Price), terms.Format(fill.Quantity),
                DecimalText.Format(fill.Fee.Units, terms.Quote.Scale), terms.Quote.Symbol);
        }

        var filled = new Quantity(lots);
        return new OrderPreviewResponse(
            EnumText.Of(preview.Status), EnumText.Of(preview.StatusReason), terms.Format(filled),
            terms.Format(preview.Remaining), terms.FormatAverage(value, filled),
            terms.FormatReserved(side, preview.Reserved), fills, null);
    }

    /// <summary>Of a bet that would be accepted, likewise.</summary>
    public static OrderPreviewResponse Of(BetPreview preview, BettingTerms terms)
    {
        if (preview.Existing is { } bet)
        {
            return new OrderPreviewResponse(
                EnumText.Of(bet.Status), EnumText.Of(bet.Reason), terms.Format(bet.Matched),
                terms.Format(bet.Remaining), BettingTerms.FormatOdds(bet.Matched, bet.MatchedLiability),
                terms.Format(bet.Reserved), [], BetShapes.Of(bet, terms));
        }

        var (stake, liability) = (0L, 0L);
        var fills = new PreviewFillResponse[preview.Fills.Count];
        for (var i = 0; i < fills.Length; i++)
        {
            var fill = preview.Fills[i];
            stake += fill.Stake.Units;
            liability += fill.Liability.Units;
            fills[i] = new PreviewFillResponse(
                BettingTerms.FormatOdds(fill.Stake, fill.Liability) ?? BettingTerms.Format(fill.Odds),
                terms.Format(fill.Stake), terms.Format(default(Amount)), terms.Currency.Symbol)
            {
                Liability = terms.Format(fill.Liability),
                Implied = fill.IsImplied ? true : null,
            };
        }

        return new OrderPreviewResponse(
            EnumText.Of(preview.Status), EnumText.Of(preview.StatusReason), terms.Format(new Amount(stake)),
            terms.Format(preview.Remaining), BettingTerms.FormatOdds(new Amount(stake), new Amount(liability)),
            terms.Format(preview.Reserved), fills, null);
    }
}
