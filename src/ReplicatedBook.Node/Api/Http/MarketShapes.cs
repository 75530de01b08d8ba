using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Events, prediction markets and complete sets as clients see them.</summary>
internal static class MarketShapes
{
    /// <summary>An event with its market.</summary>
    public static EventResponse EventOf(PredictionMarketView view, Receipt? receipt = null) => new(
        view.EventId,
        view.Title,
        view.Description.Length == 0 ? null : view.Description,
        view.Category.Length == 0 ? null : view.Category,
        EnumText.Of(view.Status),
        TimeText.Of(view.CreatedAt),
        view.CreatedIndex,
        view.Version,
        Of(view),
        receipt);

    /// <summary>A market.</summary>
    public static MarketResponse Of(PredictionMarketView view, Receipt? receipt = null)
    {
        var outcomes = new OutcomeResponse[view.Outcomes.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = Of(view.Outcomes[i], view);
        }

        return new MarketResponse(
            view.EventId,
            view.EventId,
            view.IsBinary ? "binary" : "categorical",
            EnumText.Of(view.Status),
            view.Collateral.Symbol,
            DecimalText.Format(view.TickSize.Mantissa, view.TickSize.Scale),
            DecimalText.Format(1, view.ShareScale),
            view.TickSize.Scale,
            view.ShareScale,
            outcomes,
            DecimalText.Format(view.OpenInterest.Lots, view.ShareScale),
            DecimalText.Format(view.Pool.Units, view.Collateral.Scale),
            view.IsUnfinished,
            view.OrdersCanceled,
            view.AccountsPaid,
            DecimalText.Format(view.Dust.Units, view.Collateral.Scale),
            view.ClosesAt is { } closesAt ? TimeText.Of(closesAt) : null,
            view.EndedAt is { } endedAt ? TimeText.Of(endedAt) : null,
            view.Version,
            receipt);
    }

    /// <summary>A split or merge.</summary>
    public static SetResponse Of(SetView set, Catalog catalog, Receipt? receipt)
    {
        var terms = catalog.FindMarket(set.Market)!;
        return new SetResponse(
            terms.Name, IdText.Of(set.Account), terms.Format(set.Quantity), terms.Format(set.Amount),
            Shapes.Of(set.Balance, terms.Collateral), receipt);
    }

    private static OutcomeResponse Of(OutcomeView outcome, PredictionMarketView market) => new(
        outcome.Id,
        outcome.Title,
        $"{market.EventId}:{outcome.Id}",
        PriceOf(outcome.LastPrice, market),
        PriceOf(outcome.BestBid, market),
        PriceOf(outcome.BestAsk, market),
        DecimalText.Format(outcome.Supply.Lots, market.ShareScale),
        market.PayoutDenominator == 0 ? null : PayoutBinder.Format(outcome.Payout, market.PayoutDenominator));

    private static string? PriceOf(Price? price, PredictionMarketView market) => price is { } known
        ? DecimalText.Format((Int128)known.Ticks * market.TickSize.Mantissa, market.TickSize.Scale)
        : null;
}
