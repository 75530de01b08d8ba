using System.Numerics;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <content>How the naive exchange matches.</content>
internal sealed partial class NaiveExchange
{
    /// <summary>A fill-or-kill is tried on paper first: lot by lot down the queue.</summary>
    private StatusReason MatchWhole(NaiveOrder order, BigInteger? budget)
    {
        var wanted = order.Remaining;
        var sum = new NaiveOrder
        {
            Id = 0,
            Account = order.Account,
            Side = order.Side,
            Type = order.Type,
            TimeInForce = order.TimeInForce,
            IsPostOnly = false,
            Stp = order.Stp,
            MakerFee = 0,
            TakerFee = 0,
        };
        foreach (var maker in Queue(Opposite(order)).TakeWhile(maker => Reaches(order, maker)))
        {
            if (maker.Account == order.Account && order.Stp == SelfTradePrevention.CancelMaker)
            {
                continue;
            }

            if (maker.Account == order.Account && order.Stp != SelfTradePrevention.None)
            {
                break;
            }

            var lots = Math.Min(wanted, maker.Remaining);
            sum.Fills.Add((maker.Price, lots, order.TakerFee));
            wanted -= lots;
        }

        return wanted > 0 ? StatusReason.FillOrKill
            : budget is { } most && sum.Moved(terms) > most ? StatusReason.InsufficientFunds
            : Match(order, budget);
    }

    private static bool Reaches(NaiveOrder order, NaiveOrder maker) =>
        order.Type == OrderType.Market || Crosses(order.Side, order.Price, maker.Price);

    private StatusReason Match(NaiveOrder order, BigInteger? budget)
    {
        while (order.Remaining > 0)
        {
            var maker = Queue(Opposite(order)).FirstOrDefault();
            if (maker is null || !Reaches(order, maker))
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

            var lots = Math.Min(order.Remaining, maker.Remaining);
            var isShort = false;
            while (budget is { } most && lots > 0 && order.Moved(terms, maker.Price, lots, order.TakerFee) > most)
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

    private bool PreventSelfTrade(NaiveOrder order, NaiveOrder maker)
    {
        switch (order.Stp)
        {
            case SelfTradePrevention.CancelMaker:
                Close(maker, StatusReason.SelfTrade);
                return true;
            case SelfTradePrevention.CancelBoth:
                Close(maker, StatusReason.SelfTrade);
                return false;
            case SelfTradePrevention.CancelTaker:
                return false;
        }

        var lots = Math.Min(order.Remaining, maker.Remaining);
        if (maker.Remaining == lots)
        {
            Close(maker, StatusReason.SelfTrade);
        }
        else
        {
            (maker.Remaining, maker.Quantity) = (maker.Remaining - lots, maker.Quantity - lots);
            Amended(maker, keptPriority: true);
        }

        if (order.Remaining == lots)
        {
            return false;
        }

        (order.Remaining, order.Quantity) = (order.Remaining - lots, order.Quantity - lots);
        Amended(order, keptPriority: true);
        return true;
    }

    private void Trade(NaiveOrder taker, NaiveOrder maker, long lots)
    {
        var makerFee = Fill(maker, maker.Price, lots, Math.Max(maker.MakerFee, -taker.TakerFee));
        var takerFee = Fill(taker, maker.Price, lots, taker.TakerFee);
        Events.On(new Trade(
            new TradeId(++_trades), new InstrumentId(Venue.Symbol), new Price(maker.Price), new Quantity(lots),
            taker.Side,
            new OrderId(maker.Id), new OrderId(taker.Id), new AccountId(maker.Account), new AccountId(taker.Account),
            new Amount((long)makerFee), new Amount((long)takerFee), new Quantity(maker.Remaining)));
        maker.IsOpen = maker.Remaining > 0;
    }

    private BigInteger Fill(NaiveOrder order, long price, long lots, int feeBps)
    {
        var (moved, worth) = (order.Moved(terms), order.Worth(terms));
        order.Fills.Add((price, lots, feeBps));
        order.Remaining -= lots;
        (moved, worth) = (order.Moved(terms) - moved, order.Worth(terms) - worth);
        return order.Side == Side.Buy ? moved - worth : worth - moved;
    }

    private void End(NaiveOrder order, StatusReason reason)
    {
        var (id, account, instrument) = (
            new OrderId(order.Id), new AccountId(order.Account), new InstrumentId(Venue.Symbol));
        if (order.Remaining == 0)
        {
            return;
        }

        if (reason == StatusReason.SelfTrade)
        {
            Close(order, reason);
        }
        else if (reason == StatusReason.None && order.Type == OrderType.Limit
            && order.TimeInForce == TimeInForce.GoodTilCanceled)
        {
            (order.IsOpen, order.Place) = (true, ++_place);
        }
        else
        {
            reason = reason != StatusReason.None ? reason
                : order.Type == OrderType.Market ? StatusReason.NoLiquidity
                : StatusReason.ImmediateOrCancel;
            Events.On(new OrderExpired(id, account, instrument, order.Side, new Quantity(order.Remaining), reason));
        }
    }

    private void Close(NaiveOrder order, StatusReason reason)
    {
        order.IsOpen = false;
        Events.On(new OrderCanceled(
            new OrderId(order.Id), new AccountId(order.Account), new InstrumentId(Venue.Symbol), order.Side,
            new Price(order.Price), new Quantity(order.Remaining), reason));
    }

    private void Amended(NaiveOrder order, bool keptPriority) => Events.On(new OrderAmended(
        new OrderId(order.Id), new AccountId(order.Account), new InstrumentId(Venue.Symbol), order.Side,
        new Price(order.Price), new Quantity(order.Quantity), new Quantity(order.Remaining), keptPriority));
}
