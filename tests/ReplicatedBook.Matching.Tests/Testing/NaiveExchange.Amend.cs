using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <content>How the naive exchange amends.</content>
internal sealed partial class NaiveExchange
{
    public RejectReason Amend(int account, long id, long price, long quantity, long expected)
    {
        var order = Orders.FirstOrDefault(o => o.Id == id);
        if (order is null || order.Account != account)
        {
            return RejectReason.OrderNotFound;
        }

        var reason = !order.IsOpen ? RejectReason.OrderNotOpen
            : (price == 0 && quantity == 0) || (price != 0 && order.IsMarket) || (quantity != 0 && order.Spends)
                ? RejectReason.NothingToAmend
            : price < 0 ? RejectReason.PriceNotPositive
            : quantity < 0 ? RejectReason.QuantityNotPositive
            : expected != 0 && expected != order.Remaining ? RejectReason.RemainingMismatch
            : order.Instrument.Status != InstrumentStatus.Open ? RejectReason.MarketNotOpen
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return reason;
        }

        price = price == 0 ? order.Price : price;
        quantity = quantity == 0 ? order.Quantity : quantity;
        if (quantity <= order.Filled)
        {
            Cancel(order, StatusReason.AmendedToFilled);
            return RejectReason.None;
        }

        if (price == order.Price && quantity == order.Quantity)
        {
            return RejectReason.None;
        }

        reason = CheckAmended(order, price, quantity);
        if (reason == RejectReason.None)
        {
            Change(order, price, quantity);
        }

        return reason;
    }

    private RejectReason CheckAmended(NaiveOrder order, long price, long quantity)
    {
        var (remaining, display) = (quantity - order.Filled, order.Given.DisplayQuantity.Lots);
        if (display != 0 && !IsPeakValid(Math.Min(display, remaining), remaining))
        {
            return RejectReason.DisplayQuantityInvalid;
        }

        var stopPrice = order.Status == OrderStatus.Pending ? order.Given.StopPrice.Ticks : 0;
        var reason = CheckRules(order, price, quantity, stopPrice);
        if (price == order.Price && quantity < order.Quantity)
        {
            reason = reason is RejectReason.QuantityTooLarge or RejectReason.PriceOutOfBand
                ? RejectReason.None
                : reason;
        }

        return reason != RejectReason.None ? reason
            : order.Given.IsPostOnly && WouldTake(order, price) ? RejectReason.PostOnlyWouldTake
            : order.NeedFor(price, remaining) - order.Reserved > AvailableFor(order)
                ? RejectReason.InsufficientFunds
            : RejectReason.None;
    }

    private void Change(NaiveOrder order, long price, long quantity)
    {
        var keeps = price == order.Price && quantity < order.Quantity;
        (order.Price, order.Remaining) = (price, quantity - order.Filled);
        Amended(order, keeps);
        if (keeps)
        {
            return;
        }

        if (order.Status == OrderStatus.Pending)
        {
            order.Place = ++_place;
            return;
        }

        GoThroughBook(order);
        Collect(order.Instrument);
        Trigger();
    }
}
