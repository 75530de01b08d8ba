using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Orders and fills as clients see them.</summary>
internal static class OrderShapes
{
    public static OrderState Of(OrderView order, InstrumentTerms terms) => new(
        IdText.Of(order.Id),
        order.ClientOrderId.IsEmpty ? null : order.ClientOrderId.ToString(),
        IdText.Of(order.Account),
        terms.Symbol,
        EnumText.Of(order.Side),
        EnumText.Of(order.Type),
        OrderBinder.IsLimit(order.Type) ? terms.Format(order.LimitPrice) : null,
        terms.Format(order.Quantity),
        terms.Format(order.Filled),
        terms.Format(order.Remaining),
        terms.FormatAverage(order.FilledValue, order.Filled),
        EnumText.Of(order.Status),
        EnumText.Of(order.Reason),
        EnumText.Of(order.TimeInForce),
        order.IsPostOnly,
        EnumText.Of(order.SelfTradePrevention),
        terms.FormatReserved(order.Side, order.Reserved),
        order.CreatedIndex,
        order.UpdatedIndex,
        TimeText.Of(order.CreatedAt),
        TimeText.Of(order.UpdatedAt))
    {
        CanonicalPrice = terms.Outcome is not null && OrderBinder.IsLimit(order.Type)
            ? terms.Format(terms.CanonicalPriceOf(order.LimitPrice))
            : null,
        CanonicalSide = terms.Outcome is not null ? EnumText.Of(terms.CanonicalSideOf(order.Side)) : null,
        ProtectionPrice = OrderBinder.IsLimit(order.Type) ? null : TextOf(order.LimitPrice, terms),
        StopPrice = TextOf(order.StopPrice, terms),
        QuoteQuantity = order.QuoteQuantity.Units == 0
            ? null
            : DecimalText.Format(order.QuoteQuantity.Units, terms.Quote.Scale),
        DisplayQuantity = order.DisplayQuantity.Lots == 0 ? null : terms.Format(order.DisplayQuantity),
        ExpiresAt = order.ExpiresAt.Microseconds == 0 ? null : TimeText.Of(order.ExpiresAt),
    };

    public static IReadOnlyList<FillResponse> Of(IReadOnlyList<FillView> fills, InstrumentTerms terms)
    {
        if (fills.Count == 0)
        {
            return [];
        }

        var shapes = new FillResponse[fills.Count];
        for (var i = 0; i < shapes.Length; i++)
        {
            var fill = fills[i];
            shapes[i] = new FillResponse(
                IdText.Of(fill.Trade),
                terms.Format(fill.Price),
                terms.Format(fill.Quantity),
                fill.IsTaker ? "taker" : "maker",
                DecimalText.Format(fill.Fee.Units, terms.Quote.Scale),
                terms.Quote.Symbol,
                IdText.Of(fill.MakerOrder));
        }

        return shapes;
    }

    /// <summary>The answer to a command on one order.</summary>
    public static OrderResponse Of(CommandOutcome outcome, Catalog catalog, Receipt? receipt)
    {
        var terms = catalog.Find(outcome.Order!.Instrument)!;
        return new OrderResponse(Of(outcome.Order, terms), Of(outcome.Fills, terms), receipt);
    }

    public static MassCancelResponse OfMassCancel(CommandOutcome outcome, Receipt? receipt) =>
        new(outcome.Canceled.Count, IdsOf(outcome.Canceled), receipt);

    public static IReadOnlyList<string> IdsOf(IReadOnlyList<OrderId> orders)
    {
        var ids = new string[orders.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = IdText.Of(orders[i]);
        }

        return ids;
    }

    private static string? TextOf(Price price, InstrumentTerms terms) => price.Ticks == 0 ? null : terms.Format(price);
}
