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
        var taking = new Taking(this, instrument, BudgetOf(in order));
        Match(ref order, ref taking);
        var rests = order.Remaining > 0 && !taking.IsDone
            && order.Type == OrderType.Limit && order.TimeInForce == TimeInForce.GoodTilCanceled;
        SettleTaker(ref order, instrument, in taking.Sweep, rests);
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

        Show(CloseTaker(slot, taking.Sweep.End), isOpen: false);
    }

    /// <summary>Sees once for an order on which structure its book is.</summary>
    private void Match(ref Order order, ref Taking taking)
    {
        if (taking.Instrument.Book is OrderBook<SortedLevels> sorted)
        {
            Match(sorted, ref order, ref taking);
        }
        else
        {
            Match((OrderBook<LadderLevels>)taking.Instrument.Book, ref order, ref taking);
        }
    }

    private void Match<TLevels>(OrderBook<TLevels> book, ref Order order, ref Taking taking)
        where TLevels : struct, IPriceLevels
    {
        if (order.TimeInForce != TimeInForce.FillOrKill || CanFillWhole(book, in order, ref taking))
        {
            book.Match(ref order, ref taking);
        }
    }

    /// <summary>Acts on the taker's flag when its own account's order is next; nothing trades and no fee is
    /// due.</summary>
    private void PreventSelfTrade(Instrument instrument, int makerSlot, ref Order taker, ref Sweep sweep)
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

    /// <summary>Settles the maker of a trade at its price; what the taker owes and is owed adds up in the
    /// sweep.</summary>
    private void Settle(Instrument instrument, ref Order maker, ref Order taker, long lots, ref Sweep sweep)
    {
        var value = maker.Price * lots;

        // A rebate accepted under older fees is cut to what this taker pays: the venue never pays on top.
        var makerFeeBps = Math.Max((int)maker.MakerFeeBps, -taker.TakerFeeBps);
        var makerUnits = instrument.Terms.Settle(ref maker, value, makerFeeBps, out var makerFee);
        var takerUnits = instrument.Terms.Settle(ref taker, value, taker.TakerFeeBps, out var takerFee);
        sweep.Units += takerUnits;
        sweep.Lots += lots;
        _ledger.Asset(instrument.QuoteAsset).Fees +=
            taker.Side == Side.Buy ? takerUnits - makerUnits : makerUnits - takerUnits;

        Record(instrument, ref maker, ref taker, lots, makerFee, takerFee);
        SettleMaker(ref maker, instrument, lots, makerUnits);
        var trade = new Trade(
            new TradeId(_trades.LastId), new InstrumentId(instrument.Id), new Price(maker.Price), new Quantity(lots),
            taker.Side, new OrderId(maker.Id), new OrderId(taker.Id), new AccountId(maker.Account),
            new AccountId(taker.Account), new Amount(makerFee), new Amount(takerFee), new Quantity(maker.Remaining));
        _events.On(in trade);
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
