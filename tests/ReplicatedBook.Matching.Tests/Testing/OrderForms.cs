using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Short ways to give a plain order its options.</summary>
internal static class OrderForms
{
    /// <summary>An iceberg that shows so many lots at once.</summary>
    public static PlaceOrder Showing(this PlaceOrder order, long lots) =>
        order with { DisplayQuantity = new Quantity(lots) };

    /// <summary>A good-til-date order that ends at a time.</summary>
    public static PlaceOrder Until(this PlaceOrder order, long microseconds) =>
        order with { TimeInForce = TimeInForce.GoodTilDate, ExpiresAt = new Timestamp(microseconds) };

    /// <summary>A stop order: a stop-limit of a limit order, a stop of a market order.</summary>
    public static PlaceOrder StoppedAt(this PlaceOrder order, long price) => order with
    {
        Type = order.Type == OrderType.Limit ? OrderType.StopLimit : OrderType.Stop,
        StopPrice = new Price(price),
    };

    /// <summary>A market order that names what it spends in place of lots.</summary>
    public static PlaceOrder Spending(this PlaceOrder order, long units) =>
        order with { Quantity = default, QuoteQuantity = new Amount(units) };
}
