using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Matching: the loop, and what becomes of the order after it.</content>
public sealed partial class Exchange
{
    /// <summary>Matches an order that is in no book, settles its side, and rests or closes it.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="instrument">Its instrument.</param>
    /// <param name="isListed">Whether it is findable already (an amended order).</param>
    private void MatchAndRest(int slot, Instrument instrument, bool isListed)
    {
        ref var order = ref _orders.Edit(slot);
        var sweep = new Sweep { Budget = BudgetOf(in order) };
        if (order.TimeInForce != TimeInForce.FillOrKill || CanFillWhole(instrument, in order, ref sweep))
        {
            Match(instrument, ref order, ref sweep);
        }

        var rests = order.Remaining > 0 && sweep.End == StatusReason.None
            && order.Type == OrderType.Limit && order.TimeInForce == TimeInForce.GoodTilCanceled;
        SettleTaker(ref order, instrument, in sweep, rests);
        if (rests)
        {
            instrument.Book.Add(slot);
            if (!isListed)
            {
                List(slot);
            }

            Show(slot, isOpen: true);
            return;
        }

        if (isListed)
        {
            Unlist(ref order);
        }

        Show(CloseTaker(slot, sweep.End), isOpen: false);
    }

    /// <summary>Fills the order against resting orders: best price first, and oldest first at one price.</summary>
    private void Match(Instrument instrument, ref Order taker, ref Sweep sweep)
    {
        var worstKey = OrderBook<SortedLevels>.WorstKeyFor(in taker);
        ref var levels = ref instrument.Book.Levels(taker.Side == Side.Buy ? Side.Sell : Side.Buy);
        while (taker.Remaining > 0 && levels.Best is >= 0 and var best)
        {
            ref readonly var level = ref levels[best];
            if (level.Key < worstKey)
            {
                return;
            }

            var makerSlot = level.Oldest;
            ref readonly var maker = ref _orders[makerSlot];
            if (maker.Account == taker.Account && taker.SelfTradePrevention != SelfTradePrevention.None)
            {
                if (!PreventSelfTrade(instrument, makerSlot, ref taker, ref sweep))
                {
                    return;
                }

                continue;
            }

            var lots = Math.Min(taker.Remaining, maker.Remaining);
            if (sweep.Budget >= 0)
            {
                var affordable = instrument.Terms.AffordableLots(
                    in taker, maker.Price, taker.TakerFeeBps, sweep.Budget);
                if (affordable < lots)
                {
                    sweep.End = StatusReason.InsufficientFunds;
                    lots = affordable;
                }
            }

            if (lots > 0)
            {
                Trade(instrument, makerSlot, ref taker, lots, ref sweep);
            }

            if (sweep.End != StatusReason.None)
            {
                return;
            }
        }
    }

    /// <summary>Acts on the taker's flag when its own account's order is next; nothing trades and no fee is
    /// due.</summary>
    /// <returns>Whether matching goes on.</returns>
    private bool PreventSelfTrade(Instrument instrument, int makerSlot, ref Order taker, ref Sweep sweep)
    {
        if (taker.SelfTradePrevention is SelfTradePrevention.CancelMaker or SelfTradePrevention.CancelBoth)
        {
            CancelResting(makerSlot, StatusReason.SelfTrade);
        }

        if (taker.SelfTradePrevention is SelfTradePrevention.CancelTaker or SelfTradePrevention.CancelBoth)
        {
            sweep.End = StatusReason.SelfTrade;
        }

        if (taker.SelfTradePrevention == SelfTradePrevention.Decrement)
        {
            Decrement(instrument, makerSlot, ref taker, ref sweep);
        }

        return sweep.End == StatusReason.None;
    }

    /// <summary>Both shrink by the smaller; what would reach zero is canceled with the lots it had left.</summary>
    private void Decrement(Instrument instrument, int makerSlot, ref Order taker, ref Sweep sweep)
    {
        ref var maker = ref _orders.Edit(makerSlot);
        var lots = Math.Min(taker.Remaining, maker.Remaining);
        if (maker.Remaining == lots)
        {
            CancelResting(makerSlot, StatusReason.SelfTrade);
        }
        else
        {
            instrument.Book.Reduce(ref maker, lots);
            maker.UpdatedIndex = AppliedIndex;
            maker.UpdatedAt = Now.Microseconds;
            Rereserve(ref maker, instrument);
            Amended(in maker, keptPriority: true);
        }

        if (taker.Remaining == lots)
        {
            sweep.End = StatusReason.SelfTrade;
        }
        else
        {
            taker.Remaining -= lots;
            Amended(in taker, keptPriority: true);
        }
    }

    /// <summary>Trades at the maker's price and settles the maker; what the taker owes and is owed adds up in the
    /// sweep.</summary>
    private void Trade(Instrument instrument, int makerSlot, ref Order taker, long lots, ref Sweep sweep)
    {
        ref var maker = ref _orders.Edit(makerSlot);
        var value = maker.Price * lots;

        // A rebate accepted under older fees is cut to what this taker pays: the venue never pays on top.
        var makerFeeBps = Math.Max((int)maker.MakerFeeBps, -taker.TakerFeeBps);
        var makerUnits = instrument.Terms.Settle(ref maker, value, makerFeeBps, out var makerFee);
        var takerUnits = instrument.Terms.Settle(ref taker, value, taker.TakerFeeBps, out var takerFee);
        sweep.Units += takerUnits;
        sweep.Lots += lots;
        _ledger.Asset(instrument.QuoteAsset).Fees +=
            taker.Side == Side.Buy ? takerUnits - makerUnits : makerUnits - takerUnits;

        instrument.Book.Reduce(ref maker, lots);
        Record(instrument, ref maker, ref taker, lots, makerFee, takerFee);
        SettleMaker(ref maker, instrument, lots, makerUnits);
        var trade = new Trade(
            new TradeId(_trades.LastId), new InstrumentId(instrument.Id), new Price(maker.Price), new Quantity(lots),
            taker.Side, new OrderId(maker.Id), new OrderId(taker.Id), new AccountId(maker.Account),
            new AccountId(taker.Account), new Amount(makerFee), new Amount(takerFee), new Quantity(maker.Remaining));
        _events.On(in trade);
        if (maker.Remaining == 0)
        {
            CloseResting(makerSlot, OrderStatus.Filled, StatusReason.None);
        }
    }

    /// <summary>Books a trade in both orders, in the ring of trades and in the instrument's day.</summary>
    private void Record(
        Instrument instrument, ref Order maker, ref Order taker, long lots, long makerFee, long takerFee)
    {
        ref var trade = ref _trades.Add(out var id);
        trade.Price = maker.Price;
        trade.Quantity = lots;
        trade.MakerOrder = maker.Id;
        trade.TakerOrder = taker.Id;
        trade.MakerFee = makerFee;
        trade.TakerFee = takerFee;
        trade.Index = AppliedIndex;
        trade.At = Now.Microseconds;
        trade.PreviousOfMaker = maker.LastTrade;
        trade.PreviousOfTaker = taker.LastTrade;
        trade.PreviousOfInstrument = instrument.LastTrade;
        trade.Instrument = instrument.Id;
        trade.TakerSide = taker.Side;

        maker.LastTrade = id;
        maker.Filled += lots;
        maker.UpdatedIndex = AppliedIndex;
        maker.UpdatedAt = Now.Microseconds;
        taker.LastTrade = id;
        taker.Filled += lots;
        taker.Remaining -= lots;
        instrument.LastTrade = id;
        instrument.LastPrice = maker.Price;
        instrument.Day.Record(Now.Microseconds, maker.Price, lots);
    }

    private int CloseTaker(int slot, StatusReason end)
    {
        ref readonly var order = ref _orders[slot];
        if (order.Remaining == 0)
        {
            return Close(slot, OrderStatus.Filled, StatusReason.None);
        }

        var (id, account, instrument) =
            (new OrderId(order.Id), new AccountId(order.Account), new InstrumentId(order.Instrument));
        if (end == StatusReason.SelfTrade)
        {
            _events.On(new OrderCanceled(
                id, account, instrument, order.Side, new Price(order.Price), new Quantity(order.Remaining), end));
            return Close(slot, OrderStatus.Canceled, end);
        }

        if (end == StatusReason.None)
        {
            end = order.Type == OrderType.Market ? StatusReason.NoLiquidity : StatusReason.ImmediateOrCancel;
        }

        _events.On(new OrderExpired(id, account, instrument, order.Side, new Quantity(order.Remaining), end));
        return Close(slot, OrderStatus.Expired, end);
    }
}
