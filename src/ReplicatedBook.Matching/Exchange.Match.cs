using System.Runtime.CompilerServices;
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
    /// <param name="order">The same.</param>
    /// <param name="instrument">Its instrument.</param>
    /// <param name="isListed">Whether it is findable already (an amended order).</param>
    /// <param name="needed">What is held for it if it rests at once.</param>
    private void MatchAndRest(int slot, ref Order order, Instrument instrument, bool isListed, long needed)
    {
        if (order.MayRest && instrument.Book.TryAdd(slot, ref order, instrument.KeyOf(order.Side, order.Price)))
        {
            order.Reserved = needed; // As most do: there is nobody to match with.
            Hold(in order, needed);
            ShowResting(slot, ref order, isListed);
        }
        else
        {
            TakeLiquidity(slot, ref order, instrument, isListed);
        }
    }

    /// <summary>As <see cref="MatchAndRest"/>, for an order that matches or may not rest.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // The few that match need more on the stack than those that rest.
    private void TakeLiquidity(int slot, ref Order order, Instrument instrument, bool isListed)
    {
        var quoteUnits = order.HasOptions ? _orders.Options(slot).QuoteUnits : 0;
        var taking = new Taking(
            this, instrument, SharedUserOf(order.Account), BudgetOf(in order, quoteUnits));
        var filledBefore = order.Filled;
        if (quoteUnits == 0)
        {
            Match(ref order, ref taking);
        }
        else
        {
            Spend(ref order, ref taking, quoteUnits);
        }

        var rests = order.Remaining > 0 && !taking.IsDone && order.MayRest;
        SettleTaker(ref order, instrument, in taking.Sweep, rests);
        CountTrades(instrument.Canonical, in taking.Sweep, order.Filled - filledBefore);
        CollectTriggered(instrument, taking.Sweep.FirstPrice);
        if (rests)
        {
            instrument.Book.Add(slot, ref order, instrument.KeyOf(order.Side, order.Price));
            ShowResting(slot, ref order, isListed);
            return;
        }

        Show(CloseTaker(slot, in order, instrument, isListed, taking.Sweep.End), isOpen: false);
    }

    private void ShowResting(int slot, ref Order order, bool isListed)
    {
        if (!isListed)
        {
            List(slot, ref order);
        }

        Show(slot, isOpen: true);
    }

    /// <summary>Matches a market order that names what it spends in place of lots: it takes what that buys, and is
    /// filled when not one lot more can be paid.</summary>
    private void Spend(ref Order order, ref Taking taking, long quoteUnits)
    {
        ref var sweep = ref taking.Sweep;
        sweep.SpendsUnits = true;
        order.Remaining = long.MaxValue;
        Match(ref order, ref taking);
        order.Remaining = 0;
        sweep.End = EndOfSpending(
            in order, sweep.End, sweep.Budget == quoteUnits, HasEmptiedBook(in order, taking.Instrument));
    }

    /// <summary>Why an order that names what it spends has ended; None when it is filled.</summary>
    private static StatusReason EndOfSpending(
        in Order order, StatusReason end, bool hasWholeBudget, bool hasEmptiedBook) =>
        end == StatusReason.None ? LeftOverReason(in order, hasEmptiedBook)
            : end == StatusReason.InsufficientFunds && order.Filled > 0 && hasWholeBudget ? StatusReason.None
            : end;

    /// <summary>Sees once for an order on which structure its book is.</summary>
    private void Match(ref Order order, ref Taking taking)
    {
        var worstKey = taking.Instrument.WorstKeyFor(
            order.Side, WorstPrice(taking.Instrument, order.Side, order.IsMarket, order.Price));
        if (taking.Instrument.Book is OrderBook<SortedLevels> sorted)
        {
            Match(sorted, ref order, worstKey, ref taking);
        }
        else
        {
            Match((OrderBook<LadderLevels>)taking.Instrument.Book, ref order, worstKey, ref taking);
        }
    }

    private void Match<TLevels>(OrderBook<TLevels> book, ref Order order, long worstKey, ref Taking taking)
        where TLevels : struct, IPriceLevels
    {
        if (order.TimeInForce != TimeInForce.FillOrKill || CanFillWhole(book, in order, worstKey, ref taking))
        {
            book.Match(ref order, worstKey, ref taking);
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
            instrument.Book.Reduce(makerSlot, lots);
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
            if (!sweep.SpendsUnits)
            {
                Amended(in taker, keptPriority: true);
            }
        }
    }

    /// <summary>Settles the maker of a trade at its price; what the taker owes to others and is owed by them adds
    /// up in the sweep.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // Within the loop it would have too few registers.
    private void Settle(Instrument instrument, ref Order maker, ref Order taker, long lots, ref Sweep sweep)
    {
        ref var trade = ref Record(instrument, ref maker, ref taker, maker.Price, lots, ref sweep);
        ref readonly var terms = ref instrument.Terms;
        if (maker.IsFree && taker.IsFree && terms.TickUnits != 0 && maker.Account != taker.Account)
        {
            // Without fees and fractions the maker gives just what was held for it, and the taker what the maker gets.
            var value = (ulong)(maker.Price * lots);
            maker.FilledValue += value;
            taker.FilledValue += value;
            var (units, lotUnits) = ((long)value * terms.TickUnits, lots * terms.LotUnits);
            var given = maker.Side.Choose(units, lotUnits);
            maker.Reserved -= given;
            _ledger.SpendReserved(maker.GivenBalance, given, unspent: 0);
            _ledger.Credit(maker.GottenBalance, units + lotUnits - given); // The other of both.
            sweep.Units += units;
            sweep.Lots += lots;
        }
        else
        {
            SettleExactly(instrument, ref maker, ref taker, ref trade, ref sweep);
        }

        _events.Traded(maker.LastTrade, in trade, in maker, in taker);
    }

    /// <summary>As <see cref="Settle"/>, with fees, fractions, or the same owner on both sides.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SettleExactly(
        Instrument instrument, ref Order maker, ref Order taker, ref TradeRecord trade, ref Sweep sweep)
    {
        var (value, lots) = (maker.Price * trade.Quantity, trade.Quantity);

        // A rebate accepted under older fees is cut to what this taker pays: the venue never pays on top.
        var makerFeeBps = Math.Max((int)maker.MakerFeeBps, -taker.TakerFeeBps);
        var makerUnits = instrument.Terms.Settle(ref maker, value, makerFeeBps, out trade.MakerFee);
        var takerUnits = instrument.Terms.Settle(ref taker, value, taker.TakerFeeBps, out trade.TakerFee);
        if (maker.Account != taker.Account)
        {
            sweep.Units += takerUnits;
            sweep.Lots += lots;
        }
        else
        {
            SettleOwn(ref taker, instrument, takerUnits, lots);
        }

        _ledger.Asset(instrument.QuoteAsset).Fees +=
            taker.Side == Side.Buy ? takerUnits - makerUnits : makerUnits - takerUnits;
        SettleMaker(ref maker, instrument, lots, makerUnits);
    }

    /// <summary>Settles the taker's side of a trade with its own account at once. It gives before it gets: had it both
    /// sides of a trade at once, its balances could leave 64 bits.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SettleOwn(ref Order taker, Instrument instrument, long units, long lots)
    {
        var own = new Sweep { Units = units, Lots = lots };
        SettleTaker(ref taker, instrument, in own, rests: false);
    }

    /// <summary>Books a trade in both orders, in the ring of trades, in the instrument and in the sweep; its fees are
    /// for the caller.</summary>
    private ref TradeRecord Record(
        Instrument instrument, ref Order maker, ref Order taker, long price, long lots, ref Sweep sweep)
    {
        var (index, at) = (AppliedIndex, Now.Microseconds);
        ref var trade = ref _trades.Add(out var id);
        trade.Price = price;
        trade.Quantity = lots;
        trade.MakerOrder = maker.Id;
        trade.TakerOrder = taker.Id;
        trade.MakerFee = 0;
        trade.TakerFee = 0;
        trade.Index = index;
        trade.At = at;
        trade.PreviousOfMaker = maker.LastTrade;
        trade.PreviousOfTaker = taker.LastTrade;
        trade.PreviousOfInstrument = instrument.LastTrade;
        trade.Instrument = instrument.Id;
        trade.TakerSide = taker.BookSide;

        maker.LastTrade = id;
        maker.Filled += lots;
        maker.UpdatedIndex = index;
        maker.UpdatedAt = at;
        taker.LastTrade = id;
        taker.Filled += lots;
        instrument.LastTrade = id;
        instrument.LastPrice = price;
        sweep.FirstPrice = sweep.FirstPrice == 0 ? price : sweep.FirstPrice;
        return ref trade;
    }

    /// <summary>Counts the lots that an order traded in the day of the instrument whose book it went through.</summary>
    private void CountTrades(Instrument instrument, in Sweep sweep, long lots)
    {
        if (lots != 0)
        {
            instrument.Day.Record(Now.Microseconds, sweep.FirstPrice, instrument.LastPrice, lots);
        }
    }

    /// <summary>Why an order that was not stopped has lots left and may not rest.</summary>
    private static StatusReason LeftOverReason(in Order order, bool hasEmptiedBook) =>
        !order.IsMarket ? StatusReason.ImmediateOrCancel
            : hasEmptiedBook ? StatusReason.NoLiquidity
            : StatusReason.ProtectionPrice;

    private static bool HasEmptiedBook(in Order order, Instrument instrument) =>
        instrument.Book.LevelCount(OrderBook.Opposite(order.BookSide)) == 0;

    /// <summary>Where an order stands that has matched and does not rest.</summary>
    private static (OrderStatus Status, StatusReason Reason) EndOf(
        in Order order, StatusReason end, bool hasEmptiedBook) =>
        end == StatusReason.SelfTrade ? (OrderStatus.Canceled, end)
            : end != StatusReason.None ? (OrderStatus.Expired, end)
            : order.Remaining == 0 ? (OrderStatus.Filled, end)
            : (OrderStatus.Expired, LeftOverReason(in order, hasEmptiedBook));

    private int CloseTaker(int slot, in Order order, Instrument instrument, bool isListed, StatusReason end)
    {
        var hasEmptiedBook = order.Remaining > 0 && HasEmptiedBook(in order, instrument);
        var (status, reason) = EndOf(in order, end, hasEmptiedBook);
        if (status == OrderStatus.Canceled)
        {
            _events.Canceled(in order, reason);
        }
        else if (status == OrderStatus.Expired)
        {
            _events.On(new OrderExpired(
                new OrderId(order.Id), new AccountId(order.Account), new InstrumentId(order.Instrument), order.Side,
                new Quantity(order.Remaining), reason));
        }

        return Close(slot, in order, isListed, status, reason);
    }
}
