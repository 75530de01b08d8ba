using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using Wire = ReplicatedBook.Contracts.Grpc;

namespace ReplicatedBook.Node.Api.Grpc.Services;

/// <summary>Orders as the HTTP interface has them.</summary>
internal static class OrderRequests
{
    public static PlaceOrderRequest Of(Wire.PlaceOrderRequest order, UnitTerms terms) => new()
    {
        AccountId = OrNull(order.AccountId),
        ClientOrderId = OrNull(order.ClientOrderId),
        Instrument = order.Instrument,
        Side = Words.Of(order.Side) ?? "",
        Type = Words.Of(order.Type) ?? "",
        Price = terms.Price(order.PriceTicks),
        Quantity = terms.Quantity(order.QtyLots),
        QuoteQuantity = terms.Money(order.QuoteUnits),
        ProtectionPrice = terms.Price(order.ProtectionPriceTicks),
        StopPrice = terms.Price(order.StopPriceTicks),
        TimeInForce = Words.Of(order.TimeInForce),
        ExpiresAt = TimeOrNull(order.ExpiresUs),
        PostOnly = order.PostOnly ? true : null,
        DisplayQuantity = terms.Quantity(order.DisplayLots),
        Stp = Words.Of(order.Stp),
        Persistence = Words.Of(order.Persistence),
        MarketVersion = order.MarketVersion == 0 ? null : (long)Math.Min(order.MarketVersion, long.MaxValue),
        MinFillQuantity = terms.Quantity(order.MinFillLots),
    };

    /// <summary>Null for an absent text.</summary>
    public static string? OrNull(string text) => text.Length == 0 ? null : text;

    /// <summary>Null for 0, which means that none was given.</summary>
    public static string? TimeOrNull(long microseconds) =>
        microseconds == 0 ? null : TimeText.Of(new Timestamp(microseconds));
}
