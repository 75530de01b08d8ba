using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;
using Prevention = ReplicatedBook.Matching.Values.SelfTradePrevention;

namespace ReplicatedBook.Node.Api.Grpc.Sessions;

/// <summary>Knows the orders that most orders are, limit orders without options and with nothing wrong: in ticks and
/// lots they are commands as they stand. All others, right or wrong, are left to the binder of the routes.</summary>
internal static class PlainOrders
{
    /// <summary>Makes the command.</summary>
    /// <returns>Null where the order is not plain; that says nothing against it.</returns>
    public static PlaceOrder? Bind(PlaceOrderRequest order, InstrumentTerms terms)
    {
        if (order.Type != Contracts.Grpc.OrderType.Limit || order.PriceTicks <= 0 || order.QtyLots <= 0
            || HasOptions(order) || AccountOf(order.AccountId) is not { } account
            || SideOf(order.Side) is not { } side || PreventionOf(order.Stp) is not { } prevention
            || TimeInForceOf(order.TimeInForce) is not { } timeInForce
            || (order.PostOnly && timeInForce != Matching.Values.TimeInForce.GoodTilCanceled)
            || !ClientOrderId.TryCreate(order.ClientOrderId, out var clientOrderId))
        {
            return null;
        }

        return new PlaceOrder(
            account, clientOrderId, terms.Id, side, Matching.Values.OrderType.Limit, new Price(order.PriceTicks),
            new Quantity(order.QtyLots), timeInForce, order.PostOnly, prevention);
    }

    private static bool HasOptions(PlaceOrderRequest order) =>
        order.ExpiresUs != 0 || order.DisplayLots != 0 || order.QuoteUnits != 0 || order.StopPriceTicks != 0
        || order.ProtectionPriceTicks != 0 || order.MarketVersion != 0 || order.MinFillLots != 0
        || order.Persistence != Contracts.Grpc.Persistence.Unspecified;

    /// <summary>0 where none is named.</summary>
    private static AccountId? AccountOf(string text) => text.Length == 0 ? default(AccountId) : IdText.ToAccount(text);

    private static Matching.Values.Side? SideOf(Contracts.Grpc.Side side) => side switch
    {
        Contracts.Grpc.Side.Buy => Matching.Values.Side.Buy,
        Contracts.Grpc.Side.Sell => Matching.Values.Side.Sell,
        _ => null,
    };

    private static Matching.Values.TimeInForce? TimeInForceOf(Contracts.Grpc.TimeInForce timeInForce) =>
        timeInForce switch
        {
            Contracts.Grpc.TimeInForce.Unspecified or Contracts.Grpc.TimeInForce.Gtc =>
                Matching.Values.TimeInForce.GoodTilCanceled,
            Contracts.Grpc.TimeInForce.Ioc => Matching.Values.TimeInForce.ImmediateOrCancel,
            Contracts.Grpc.TimeInForce.Fok => Matching.Values.TimeInForce.FillOrKill,
            _ => null,
        };

    private static Prevention? PreventionOf(Stp stp) => stp switch
    {
        Stp.Unspecified or Stp.CancelTaker => Prevention.CancelTaker,
        Stp.CancelMaker => Prevention.CancelMaker,
        Stp.CancelBoth => Prevention.CancelBoth,
        Stp.Decrement => Prevention.Decrement,
        Stp.None => Prevention.None,
        _ => null,
    };
}
