using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Changing an open order.</content>
public sealed partial class Exchange
{
    private RejectReason ApplyAmendOrder(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out AmendOrder command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = barred == RejectReason.None ? Amend(header.User, in command) : barred;
        AnswerOrder(reason);
        TriggerStops();
        return reason;
    }

    /// <summary>Checked in this order: AccountNotFound, OrderNotFound, OrderNotOpen, NothingToAmend, PriceNotPositive,
    /// QuantityNotPositive, RemainingMismatch, MarketNotOpen, PriceNotBelowPayout, DisplayQuantityInvalid,
    /// QuantityTooLarge, NotionalTooSmall, PriceOutOfBand, NotionalTooLarge, PostOnlyWouldTake,
    /// InsufficientFunds.</summary>
    /// <remarks>A refused amendment leaves the order as it was, with its place in the queue.</remarks>
    internal RejectReason Amend(UserId user, in AmendOrder command)
    {
        var reason = FindOwnOrder(user, command.Account, command.Order.Value, out var slot, out var isOpen);
        if (reason == RejectReason.None && !isOpen)
        {
            Show(slot, isOpen: false);
            reason = RejectReason.OrderNotOpen;
        }

        if (reason != RejectReason.None)
        {
            return reason;
        }

        ref var order = ref _orders.Edit(slot);
        var instrument = _instruments[order.Instrument - 1];
        reason = CheckAmendment(slot, instrument, in command);
        if (reason != RejectReason.None)
        {
            return reason;
        }

        var price = command.LimitPrice.Ticks == 0 ? order.Price : command.LimitPrice.Ticks;
        var quantity = command.Quantity.Lots == 0 ? order.Quantity : command.Quantity.Lots;
        if (quantity <= order.Filled)
        {
            Show(CancelResting(slot, StatusReason.AmendedToFilled), isOpen: false);
            return RejectReason.None;
        }

        if (price == order.Price && quantity == order.Quantity)
        {
            Show(slot, isOpen: true);
            return RejectReason.None;
        }

        EndAhead(instrument, order.Side, price);
        reason = CheckTerms(slot, instrument, price, quantity);
        if (reason != RejectReason.None)
        {
            return reason;
        }

        order.UpdatedIndex = AppliedIndex;
        order.UpdatedAt = Now.Microseconds;
        if (price == order.Price && quantity < order.Quantity)
        {
            Shrink(slot, instrument, quantity);
        }
        else
        {
            Requeue(slot, instrument, price, quantity);
        }

        return RejectReason.None;
    }

    private RejectReason CheckAmendment(int slot, Instrument instrument, in AmendOrder command)
    {
        ref readonly var order = ref _orders[slot];
        var lacksWhatIsGiven = (command.LimitPrice.Ticks != 0 && order.IsMarket)
            || (command.Quantity.Lots != 0 && order.HasOptions && _orders.Options(slot).QuoteUnits != 0);
        return lacksWhatIsGiven || (command.LimitPrice.Ticks == 0 && command.Quantity.Lots == 0)
            ? RejectReason.NothingToAmend
            : command.LimitPrice.Ticks < 0 ? RejectReason.PriceNotPositive
            : command.Quantity.Lots < 0 ? RejectReason.QuantityNotPositive
            : command.ExpectedRemaining.Lots != 0 && command.ExpectedRemaining.Lots != order.Remaining
                ? RejectReason.RemainingMismatch
            : instrument.Status != InstrumentStatus.Open ? RejectReason.MarketNotOpen
            : RejectReason.None;
    }

    private RejectReason CheckTerms(int slot, Instrument instrument, long price, long quantity)
    {
        ref readonly var order = ref _orders[slot];
        var remaining = quantity - order.Filled;
        if (instrument.Market is { } market && price >= market.PayoutTicks)
        {
            return RejectReason.PriceNotBelowPayout;
        }

        if ((order.HasOptions || instrument.HasRules)
            && CheckOptions(slot, instrument, price, quantity) is not RejectReason.None and var reason)
        {
            return reason;
        }

        if (remaining > long.MaxValue - (instrument.SideLots(order.Side) - order.Remaining)
            || !Terms.TryValue(instrument.Terms.LotUnits, remaining, out var needed)
            || !(order.IsMarket || FitsAt(price, in order, instrument, remaining, ref needed)))
        {
            return RejectReason.NotionalTooLarge;
        }

        if (order.IsPostOnly && instrument.WouldMatch(order.Side, price))
        {
            return RejectReason.PostOnlyWouldTake;
        }

        if (order.IsMarket && order.Side == Side.Buy)
        {
            return RejectReason.None; // It waits with nothing reserved.
        }

        return LacksFunds(order.GivenBalance, instrument, order.Side, needed - order.Reserved)
            ? RejectReason.InsufficientFunds
            : RejectReason.None;
    }

    /// <summary>Whether an order's worth fits at a limit; says what a buy needs for it.</summary>
    private static bool FitsAt(
        long price, in Order order, Instrument instrument, long remaining, ref long needed) =>
        Terms.TryValue(price, remaining, out var value)
        && (order.Side == Side.Sell
            ? instrument.Terms.Fits(in order, value)
            : instrument.Terms.TryReserve(in order, value, out needed));

    private RejectReason CheckOptions(int slot, Instrument instrument, long price, long quantity)
    {
        ref readonly var order = ref _orders[slot];
        var options = order.HasOptions ? _orders.Options(slot) : default;
        if (options.Display != 0
            && !IsPeakValid(Math.Min(options.Display, quantity - order.Filled), quantity - order.Filled))
        {
            return RejectReason.DisplayQuantityInvalid;
        }

        var reason = CheckRules(
            instrument, order.Type, price, quantity,
            order.Status == OrderStatus.Pending ? options.StopPrice : 0);

        // Rules may have become narrower since it came: to become less is never refused for being too much or too far.
        return price == order.Price && quantity < order.Quantity
            && reason is RejectReason.QuantityTooLarge or RejectReason.PriceOutOfBand
                ? RejectReason.None
                : reason;
    }

    /// <summary>Less quantity alone: the order stays where it is.</summary>
    private void Shrink(int slot, Instrument instrument, long quantity)
    {
        ref var order = ref _orders.Edit(slot);
        BookOf(in order, instrument).Reduce(slot, order.Quantity - quantity);
        Rereserve(ref order, instrument);
        Amended(in order, keptPriority: true);
        Show(slot, isOpen: true);
    }

    /// <summary>All else: the order comes as if new, under its old id and fees, and may trade; a stop order waits on,
    /// behind the others of its stop price.</summary>
    private void Requeue(int slot, Instrument instrument, long price, long quantity)
    {
        ref var order = ref _orders.Edit(slot);
        BookOf(in order, instrument).Remove(slot, in order);
        Release(ref order);
        order.Price = price;
        order.Remaining = quantity - order.Filled;
        Amended(in order, keptPriority: false);
        if (order.Status == OrderStatus.Pending)
        {
            Rereserve(ref order, instrument);
            instrument.Stops!.Add(
                slot, ref order, StopKeyOf(instrument, order.Side, _orders.Options(slot).StopPrice));
            Show(slot, isOpen: true);
            return;
        }

        _shown.TradesBefore = _trades.LastId;
        MatchAndRest(slot, ref order, instrument, isListed: true, NeedOf(in order, instrument));
    }

    private static OrderBook BookOf(in Order order, Instrument instrument) =>
        order.Status == OrderStatus.Pending ? instrument.Stops! : instrument.Book;

    private void Amended(in Order order, bool keptPriority)
    {
        var amended = new OrderAmended(
            new OrderId(order.Id), new AccountId(order.Account), new InstrumentId(order.Instrument), order.Side,
            new Price(order.Price), new Quantity(order.Quantity), new Quantity(order.Remaining), keptPriority);
        _events.On(in amended);
    }
}
