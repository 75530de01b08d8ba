using System.Numerics;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <content>What the naive exchange refuses.</content>
internal sealed partial class NaiveExchange
{
    /// <param name="order">Not yet in the list.</param>
    private RejectReason Check(NaiveOrder order)
    {
        var given = order.Given;
        if (order.Instrument.Status != InstrumentStatus.Open)
        {
            return RejectReason.MarketNotOpen;
        }

        if (given.Quantity.Lots <= 0 && given.QuoteQuantity.Units <= 0)
        {
            return RejectReason.QuantityNotPositive;
        }

        if (given.LimitPrice.Ticks < 0 || given.StopPrice.Ticks < 0 || (!order.IsMarket && given.LimitPrice.Ticks == 0))
        {
            return RejectReason.PriceNotPositive;
        }

        if (given.IsPostOnly && (given.Type != OrderType.Limit || !order.Rests))
        {
            return RejectReason.PostOnlyInvalid;
        }

        if (given.DisplayQuantity.Lots != 0 && !IsPeakValid(given.DisplayQuantity.Lots, given.Quantity.Lots))
        {
            return RejectReason.DisplayQuantityInvalid;
        }

        if (given.TimeInForce == TimeInForce.GoodTilDate && given.ExpiresAt.Microseconds <= Now)
        {
            return RejectReason.ExpiryNotInFuture;
        }

        var reason = CheckRules(order, given.LimitPrice.Ticks, given.Quantity.Lots, given.StopPrice.Ticks);
        if (reason != RejectReason.None)
        {
            return reason;
        }

        if (HasTooManyOpen(order, []))
        {
            return RejectReason.TooManyOpenOrders;
        }

        if (given.IsPostOnly && WouldTake(order, order.Price))
        {
            return RejectReason.PostOnlyWouldTake;
        }

        var need = given.Type == OrderType.Market && order.Side == Side.Buy && !order.Spends
            ? NeedOfFirstLot(order)
            : NeedOf(order);
        return need > AvailableFor(order) ? RejectReason.InsufficientFunds : RejectReason.None;
    }

    private static BigInteger NeedOf(NaiveOrder order) => order.Spends && order.Given.Type == OrderType.Market
        ? order.Given.QuoteQuantity.Units
        : order.NeedFor(order.Price, order.Remaining);

    private static bool IsPeakValid(long display, long lots) =>
        display >= 1 && display <= lots && Math.Ceiling((decimal)lots / display) <= PlaceOrder.MaxPeaks;

    private static RejectReason CheckRules(NaiveOrder order, long price, long lots, long stopPrice)
    {
        var (rules, instrument) = (order.Instrument.Rules, order.Instrument);
        if (order.Spends)
        {
            return order.Given.QuoteQuantity.Units < rules.MinNotional
                ? RejectReason.NotionalTooSmall
                : RejectReason.None;
        }

        if (rules.MaxQuantity != 0 && lots > rules.MaxQuantity)
        {
            return RejectReason.QuantityTooLarge;
        }

        if (order.IsMarket)
        {
            return RejectReason.None;
        }

        var value = (BigInteger)price * lots * instrument.Terms.Numerator;
        if (value < rules.MinNotional * instrument.Terms.Denominator)
        {
            return RejectReason.NotionalTooSmall;
        }

        var middle = stopPrice != 0 ? stopPrice : instrument.LastPrice;
        return rules.PriceBandBps != 0 && middle != 0
            && Math.Abs(price - middle) > (long)((BigInteger)middle * rules.PriceBandBps / 10_000)
            ? RejectReason.PriceOutOfBand
            : RejectReason.None;
    }

    private bool HasTooManyOpen(NaiveOrder order, IEnumerable<NaiveOrder> before) =>
        MayStayOpen(order)
        && Orders.Count(o => o.IsOpen && o.Account == order.Account)
            + before.Count(o => o.Account == order.Account && MayStayOpen(o)) >= maxOpenOrders;

    private static bool MayStayOpen(NaiveOrder order) => order.Rests || order.Given.StopPrice != default;

    private bool WouldTake(NaiveOrder order, long price) =>
        Queue(order.Instrument, Opposite(order)).Any(maker => Crosses(order.Side, price, maker.Price));

    private BigInteger AvailableFor(NaiveOrder order) => Available(order.Account, AssetOf(order));

    private static int AssetOf(NaiveOrder order) => order.Side == Side.Buy ? Venue.Quote : Venue.Base;

    /// <summary>For orders of an atomic batch whose turn has not come.</summary>
    private BigInteger Held(int account, int asset) => _held
        .Where(o => o.Account == account && AssetOf(o) == asset)
        .Aggregate(BigInteger.Zero, (sum, o) => sum + NeedOf(o));

    private BigInteger NeedOfFirstLot(NaiveOrder order)
    {
        var (lots, worst) = (order.Remaining, WorstPriceOf(order));
        foreach (var maker in Queue(order.Instrument, Side.Sell))
        {
            if (worst is { } limit && maker.Price > limit)
            {
                return 0;
            }

            if (maker.Account != order.Account || order.Stp == SelfTradePrevention.None)
            {
                return order.Moved(maker.Price, 1, order.TakerFee);
            }

            if (order.Stp == SelfTradePrevention.Decrement && maker.Remaining < lots)
            {
                lots -= maker.Remaining;
            }
            else if (order.Stp != SelfTradePrevention.CancelMaker)
            {
                return 0;
            }
        }

        return 0;
    }
}
