using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>What an order must satisfy before it is taken.</content>
public sealed partial class Exchange
{
    /// <summary>Whether an order is as most are: one that <see cref="Check"/> has nothing against, of usual numbers and
    /// with the same instrument as its account's last. It asks all at once and cannot say what is wrong; a no means
    /// that it takes a closer look.</summary>
    /// <param name="account">Whose order it is.</param>
    /// <param name="instrument">What is traded.</param>
    /// <param name="ticket">The order.</param>
    /// <param name="needed">What is held for it if it rests at once.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsUsual(int account, Instrument instrument, in OrderTicket ticket, out long needed)
    {
        var (price, lots, lotUnits) = (ticket.Price, ticket.Lots, instrument.Terms.LotUnits);
        ref readonly var owner = ref _ledger.Account(account);
        needed = 0;
        if (instrument.Status != InstrumentStatus.Open || instrument.HasOwnChecks || !ticket.IsMereLimit
            || (ulong)((price - 1) | (lots - 1) | lotUnits) > int.MaxValue) // So no product leaves 64 bits.
        {
            return false;
        }

        needed = instrument.Terms.Hold(ticket.Side, price * lots, instrument.HighestFeeBps, lots * lotUnits);
        return lots + instrument.SideLots(ticket.Side) > 0 // A sum that leaves 64 bits is negative.
            && _orders.Count < _limits.MaxOpenOrders
            && owner.Open.Count < _limits.MaxOpenOrdersPerAccount
            && owner.LastInstrument == instrument.Id
            && (ulong)needed <= (ulong)_ledger.Balance(owner.LastBalances.GivenBy(ticket.Side)).Available;
    }

    /// <summary>Checked in this order: MarketNotOpen, QuantityNotPositive, PriceNotPositive, PostOnlyInvalid, then as
    /// <see cref="CheckOptions"/> says, NotionalTooLarge, LimitReached, TooManyOpenOrders, PostOnlyWouldTake,
    /// InsufficientFunds.</summary>
    /// <param name="account">Whose order it is.</param>
    /// <param name="instrument">What is traded.</param>
    /// <param name="ticket">The order.</param>
    /// <param name="needed">As <see cref="TryNeed"/> says; for an order that rests at once, what is held for
    /// it.</param>
    private RejectReason Check(int account, Instrument instrument, in OrderTicket ticket, out long needed)
    {
        needed = 0;
        if (instrument.Status != InstrumentStatus.Open)
        {
            return RejectReason.MarketNotOpen;
        }

        if (ticket.Lots <= 0 && ticket.Options.QuoteUnits <= 0)
        {
            return RejectReason.QuantityNotPositive;
        }

        var isLimit = ticket.Type is OrderType.Limit or OrderType.StopLimit;
        if (ticket.Price < (isLimit ? 1 : 0) || ticket.Options.StopPrice < 0)
        {
            return RejectReason.PriceNotPositive;
        }

        if (ticket.IsPostOnly && (ticket.Type != OrderType.Limit || !ticket.MayRest))
        {
            return RejectReason.PostOnlyInvalid;
        }

        if ((ticket.HasOptions || instrument.HasOwnChecks)
            && CheckOptions(instrument, in ticket) is not RejectReason.None and var reason)
        {
            return reason;
        }

        if (!TryNeed(instrument, in ticket, out needed))
        {
            return RejectReason.NotionalTooLarge;
        }

        if (_orders.Count >= _limits.MaxOpenOrders)
        {
            return RejectReason.LimitReached;
        }

        if (HasTooManyOpen(account, 1) && ticket.MayRest)
        {
            return RejectReason.TooManyOpenOrders;
        }

        if (ticket.IsPostOnly && instrument.WouldMatch(ticket.Side, ticket.Price))
        {
            return RejectReason.PostOnlyWouldTake;
        }

        var demanded = ticket.Type == OrderType.Market && ticket.Side == Side.Buy && ticket.Options.QuoteUnits == 0
            ? CostOfFirstLot(account, instrument, in ticket)
            : needed;
        return LacksFunds(_ledger.FindBalance(account, instrument, ticket.Side), instrument, ticket.Side, demanded)
            ? RejectReason.InsufficientFunds
            : RejectReason.None;
    }

    /// <summary>Checked in this order: PriceNotBelowPayout, DisplayQuantityInvalid, ExpiryNotInFuture,
    /// QuantityTooLarge, NotionalTooSmall, PriceOutOfBand.</summary>
    private RejectReason CheckOptions(Instrument instrument, in OrderTicket ticket)
    {
        ref readonly var options = ref ticket.Options;
        if (instrument.Market is { } market && Math.Max(ticket.Price, options.StopPrice) >= market.PayoutTicks)
        {
            return RejectReason.PriceNotBelowPayout;
        }

        if (options.Display != 0 && !IsPeakValid(options.Display, ticket.Lots))
        {
            return RejectReason.DisplayQuantityInvalid;
        }

        if (options.ExpiresAt != 0 && options.ExpiresAt <= Now.Microseconds)
        {
            return RejectReason.ExpiryNotInFuture;
        }

        if (options.QuoteUnits != 0)
        {
            return options.QuoteUnits < instrument.Rules.MinNotional
                ? RejectReason.NotionalTooSmall
                : RejectReason.None;
        }

        return CheckRules(instrument, ticket.Type, ticket.Price, ticket.Lots, options.StopPrice);
    }

    /// <summary>Checked in this order: QuantityTooLarge, NotionalTooSmall, PriceOutOfBand.</summary>
    /// <param name="instrument">Whose rules.</param>
    /// <param name="type">Of the order: only a limit has a worth and a band.</param>
    /// <param name="price">Its limit.</param>
    /// <param name="lots">Its whole quantity.</param>
    /// <param name="stopPrice">What its limit is near to instead of the last trade; 0 for none.</param>
    private static RejectReason CheckRules(
        Instrument instrument, OrderType type, long price, long lots, long stopPrice)
    {
        var rules = instrument.Rules;
        if (rules.MaxQuantity != 0 && lots > rules.MaxQuantity)
        {
            return RejectReason.QuantityTooLarge;
        }

        if (type is OrderType.Market or OrderType.Stop)
        {
            return RejectReason.None;
        }

        if (rules.MinNotional != 0 && instrument.Terms.IsWorthLess(price, lots, rules.MinNotional))
        {
            return RejectReason.NotionalTooSmall;
        }

        var reference = stopPrice != 0 ? stopPrice : instrument.LastPrice;
        return rules.PriceBandBps != 0 && reference != 0
            && (price < instrument.LowestInBand(reference) || price > instrument.HighestInBand(reference))
            ? RejectReason.PriceOutOfBand
            : RejectReason.None;
    }

    /// <summary>Whether an order of a side lacks what it needs.</summary>
    private bool LacksFunds(int slot, Instrument instrument, Side side, long needed) =>
        needed > _ledger.Available(slot)
        && LacksFunds(slot, side == Side.Buy ? instrument.QuoteAsset : instrument.BaseAsset, needed);

    private static bool IsPeakValid(long display, long lots) =>
        display > 0 && display <= lots && (lots - 1) / display < PlaceOrder.MaxPeaks;

    /// <summary>Whether an account may not have so many open orders more.</summary>
    private bool HasTooManyOpen(int account, int more) =>
        FeatureLevel >= FeatureLevels.OrderOptions
        && _ledger.Account(account).Open.Count > _limits.MaxOpenOrdersPerAccount - more;

    /// <summary>What an order must have available: base units for a sell, quote units at its limit and highest fee for
    /// a buy, its budget for a market buy that has one; 0 for other market buys, whose cost the book says, and for stop
    /// orders to buy, which take what there is when they trigger.</summary>
    /// <returns>False when a number leaves 64 bits, the lots of a whole side of the book included.</returns>
    private static bool TryNeed(Instrument instrument, in OrderTicket ticket, out long needed)
    {
        var lots = ticket.Lots;
        if (!Terms.TryValue(instrument.Terms.LotUnits, lots, out needed)
            || lots > long.MaxValue - instrument.SideLots(ticket.Side))
        {
            return false;
        }

        if (ticket.Type is OrderType.Market or OrderType.Stop)
        {
            if (ticket.Side == Side.Buy)
            {
                needed = ticket.Type == OrderType.Market ? ticket.Options.QuoteUnits : 0;
            }

            return true;
        }

        return Terms.TryValue(ticket.Price, lots, out var value)
            && instrument.Terms.TryHold(ticket.Side, value, instrument.HighestFeeBps, needed, out needed);
    }
}
