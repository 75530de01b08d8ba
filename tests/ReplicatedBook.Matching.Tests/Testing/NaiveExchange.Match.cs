using System.Numerics;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <content>How the naive exchange matches.</content>
internal sealed partial class NaiveExchange
{
    private void GoThroughBook(NaiveOrder order)
    {
        order.Status = null;
        var budget = order.IsMarket && order.Side == Side.Buy ? BudgetOf(order) : (BigInteger?)null;
        var worst = WorstPriceOf(order);
        var reason = order.Given.TimeInForce == TimeInForce.FillOrKill ? TryOnCopy(order, budget, worst) : default;
        End(order, reason != StatusReason.None ? reason : Match(order, budget, worst), budget);
    }

    /// <summary>What is available when it starts, but not more than it may spend.</summary>
    private BigInteger BudgetOf(NaiveOrder order)
    {
        var available = Available(order.Account, Venue.Quote);
        return order.Spends ? BigInteger.Min(available, order.Given.QuoteQuantity.Units) : available;
    }

    /// <summary>Furthest price it trades at; null for any.</summary>
    private static long? WorstPriceOf(NaiveOrder order)
    {
        var prices = new List<long>();
        if (order.Price != 0)
        {
            prices.Add(order.Price);
        }

        var (last, band) = (order.Instrument.LastPrice, order.Instrument.Rules.PriceBandBps);
        if (order.IsMarket && last != 0 && band != 0)
        {
            var width = (long)((BigInteger)last * band / 10_000);
            prices.Add(order.Side == Side.Buy ? last + width : Math.Max(1, last - width));
        }

        return prices.Count == 0 ? null : order.Side == Side.Buy ? prices.Min() : prices.Max();
    }

    /// <summary>A fill-or-kill is tried on a copy of the whole exchange, with all the money there is.</summary>
    private StatusReason TryOnCopy(NaiveOrder order, BigInteger? budget, long? worst)
    {
        var copy = Copy();
        var tried = copy.Orders[(int)order.Id - 1];
        var wanted = tried.Remaining;
        copy.Match(tried, budget: null, worst);
        return tried.Filled - order.Filled < wanted ? StatusReason.FillOrKill
            : budget is { } most && tried.Moved() > most ? StatusReason.InsufficientFunds
            : StatusReason.None;
    }

    private StatusReason Match(NaiveOrder order, BigInteger? budget, long? worst)
    {
        while (order.Remaining > 0 || order.Spends)
        {
            var maker = Queue(order.Instrument, Opposite(order)).FirstOrDefault();
            if (maker is null || (worst is { } limit && !Crosses(order.Side, limit, maker.Price)))
            {
                return StatusReason.None;
            }

            if (maker.Account == order.Account && order.Stp != SelfTradePrevention.None)
            {
                if (!PreventSelfTrade(order, maker))
                {
                    return StatusReason.SelfTrade;
                }

                continue;
            }

            var lots = order.Spends ? maker.Shown : Math.Min(order.Remaining, maker.Shown);
            var isShort = false;
            while (budget is { } most && lots > 0 && order.Moved(maker.Price, lots, order.TakerFee) > most)
            {
                (lots, isShort) = (lots - 1, true);
            }

            if (lots > 0)
            {
                Trade(order, maker, lots);
            }

            if (isShort)
            {
                return StatusReason.InsufficientFunds;
            }
        }

        return StatusReason.None;
    }

    /// <returns>Whether the taker goes on.</returns>
    private bool PreventSelfTrade(NaiveOrder order, NaiveOrder maker)
    {
        switch (order.Stp)
        {
            case SelfTradePrevention.CancelMaker:
                Cancel(maker, StatusReason.SelfTrade);
                return true;
            case SelfTradePrevention.CancelBoth:
                Cancel(maker, StatusReason.SelfTrade);
                return false;
            case SelfTradePrevention.CancelTaker:
                return false;
        }

        // One that spends money has no lots that could become fewer.
        var lots = order.Spends ? maker.Remaining : Math.Min(order.Remaining, maker.Remaining);
        if (maker.Remaining == lots)
        {
            Cancel(maker, StatusReason.SelfTrade);
        }
        else
        {
            maker.Remaining -= lots;
            Amended(maker, keptPriority: true);
        }

        if (!order.Spends && order.Remaining == lots)
        {
            return false;
        }

        if (!order.Spends)
        {
            order.Remaining -= lots;
            Amended(order, keptPriority: true);
        }

        return true;
    }

    private void Trade(NaiveOrder taker, NaiveOrder maker, long lots)
    {
        var makerFee = Fill(maker, maker.Price, lots, Math.Max(maker.MakerFee, -taker.TakerFee));
        var takerFee = Fill(taker, maker.Price, lots, taker.TakerFee);
        var instrument = taker.Instrument;
        instrument.LastPrice = maker.Price;
        instrument.Traded.Add(maker.Price);
        Events.On(new Trade(
            new TradeId(++_trades), new InstrumentId(instrument.Id), new Price(maker.Price), new Quantity(lots),
            taker.Side,
            new OrderId(maker.Id), new OrderId(taker.Id), new AccountId(maker.Account), new AccountId(taker.Account),
            new Amount((long)makerFee), new Amount((long)takerFee), new Quantity(maker.Remaining)));
        maker.Peak -= lots;
        if (maker.Remaining == 0)
        {
            maker.Status = OrderStatus.Filled;
        }
        else if (maker.Shown == 0)
        {
            ShowPeak(maker);
            Events.On(new OrderReplenished(
                new OrderId(maker.Id), new AccountId(maker.Account), new InstrumentId(instrument.Id), maker.Side,
                new Price(maker.Price), new Quantity(maker.Shown)));
        }
    }

    private static BigInteger Fill(NaiveOrder order, long price, long lots, int feeBps)
    {
        var (moved, worth) = (order.Moved(), order.Worth());
        order.Fill(price, lots, feeBps);
        (moved, worth) = (order.Moved() - moved, order.Worth() - worth);
        return order.Side == Side.Buy ? moved - worth : worth - moved;
    }

    private void ShowPeak(NaiveOrder order)
    {
        order.Peak = order.Given.DisplayQuantity.Lots;
        order.Place = ++_place;
    }

    private void End(NaiveOrder order, StatusReason reason, BigInteger? budget)
    {
        // Money that is spent but for less than the next lot: done. But not if there was less than it wanted to spend.
        var isSpent = order.Spends && reason == StatusReason.InsufficientFunds && order.Filled > 0
            && budget == order.Given.QuoteQuantity.Units;
        if (isSpent || (order.Remaining == 0 && !order.Spends))
        {
            order.Status = OrderStatus.Filled;
        }
        else if (reason == StatusReason.SelfTrade)
        {
            Cancel(order, reason);
        }
        else if (reason == StatusReason.None && order.Rests)
        {
            order.Status = OrderStatus.Open;
            ShowPeak(order);
        }
        else
        {
            Expire(
                order,
                reason != StatusReason.None ? reason
                : !order.IsMarket ? StatusReason.ImmediateOrCancel
                : Queue(order.Instrument, Opposite(order)).Any() ? StatusReason.ProtectionPrice
                : StatusReason.NoLiquidity);
        }
    }
}
