using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>What moves between balances when orders trade, and what an order can afford.</content>
public sealed partial class Exchange
{
    /// <summary>Moves a maker's side of one trade; what its better price or lower fee frees is free at once.</summary>
    private void SettleMaker(ref Order maker, Instrument instrument, long lots, long units)
    {
        var lotUnits = lots * instrument.Terms.LotUnits;
        var reserved = instrument.Terms.Reserve(in maker, ofSell: maker.Reserved - lotUnits);
        var released = maker.Reserved - reserved;
        var given = maker.Side.Choose(units, lotUnits);
        _ledger.SpendReserved(maker.GivenBalance, released, released - given);
        _ledger.Credit(maker.GottenBalance, units + lotUnits - given); // The other of both.
        maker.Reserved = reserved;
    }

    /// <summary>Moves the taker's side of all its trades, and reserves for what rests.</summary>
    private void SettleTaker(ref Order taker, Instrument instrument, in Sweep sweep, bool rests)
    {
        var lotUnits = sweep.Lots * instrument.Terms.LotUnits;
        if (sweep.Lots != 0)
        {
            var given = taker.Side.Choose(sweep.Units, lotUnits);
            _ledger.Credit(taker.GivenBalance, -given);
            _ledger.Credit(taker.GottenBalance, sweep.Units + lotUnits - given);
        }

        taker.Reserved = rests ? NeedOf(in taker, instrument) : 0;
        Hold(in taker, taker.Reserved);
    }

    /// <summary>What is to be reserved for an order that is or will be open, with the lots it has left; a market order
    /// to buy has no price that would say.</summary>
    private static long NeedOf(in Order order, Instrument instrument) =>
        order.Side == Side.Buy && order.IsMarket ? 0
            : instrument.Terms.Reserve(in order, ofSell: order.Remaining * instrument.Terms.LotUnits);

    /// <summary>Reserves units for an order; negative gives them back.</summary>
    private void Hold(in Order order, long units)
    {
        if (units != 0)
        {
            _ledger.Reserve(order.GivenBalance, units);
        }
    }

    /// <summary>Gives back all that is reserved for an order.</summary>
    private void Release(ref Order order)
    {
        Hold(in order, -order.Reserved);
        order.Reserved = 0;
    }

    /// <summary>Brings what is reserved in line with the lots that an open order has left.</summary>
    private void Rereserve(ref Order order, Instrument instrument)
    {
        var reserved = NeedOf(in order, instrument);
        Hold(in order, reserved - order.Reserved);
        order.Reserved = reserved;
    }

    /// <summary>A market buy may spend what was available when it came: not what it sells to itself on the
    /// way.</summary>
    private long BudgetOf(in Order order, long quoteUnits)
    {
        if (!order.IsMarket || order.Side == Side.Sell) // In this order: nobody can guess the side.
        {
            return -1;
        }

        var available = _ledger.Available(order.GivenBalance);
        return quoteUnits == 0 ? available : Math.Min(available, quoteUnits);
    }

    /// <summary>Worst price that an order may trade at; 0 for any. A market order trades no further than its protection
    /// price and the instrument's band.</summary>
    private static long WorstPrice(Instrument instrument, Side side, bool isMarket, long price)
    {
        if (!isMarket || instrument.Rules.PriceBandBps == 0 || instrument.LastPrice == 0)
        {
            return price;
        }

        return side == Side.Sell ? Math.Max(price, instrument.LowestInBand(instrument.LastPrice))
            : price == 0 ? instrument.HighestInBand(instrument.LastPrice)
            : Math.Min(price, instrument.HighestInBand(instrument.LastPrice));
    }

    /// <summary>What a market buy must be able to pay: the first lot that it would trade; 0 when it would not
    /// trade.</summary>
    private long CostOfFirstLot(int account, Instrument instrument, in OrderTicket ticket)
    {
        var (lots, place) = (ticket.Lots, OrderBook.FromBest);
        var worstKey = instrument.WorstKeyFor(
            Side.Buy, WorstPrice(instrument, Side.Buy, isMarket: true, ticket.Price));
        var (asks, own) = (instrument.BookSide(Side.Sell), OwnAccountsOf(account));
        while (instrument.Book.Next(asks, ref place, out var level) && level.Key >= worstKey)
        {
            for (var slot = level.Oldest; slot >= 0; slot = _orders[slot].Next)
            {
                ref readonly var ask = ref _orders[slot];
                if (IsOver(slot))
                {
                    continue; // Left over behind one of its own: it ends when it is met.
                }

                if (!own.Has(ask.Account) || ticket.SelfTradePrevention == SelfTradePrevention.None)
                {
                    var price = instrument.BookPrice(OrderBook.PriceOf(asks, level.Key));
                    var feeValue = (Int128)price * instrument.TakerFeeBps;
                    return (long)Int128.Min(instrument.Terms.TotalPaid(price, feeValue), long.MaxValue);
                }

                lots -= ticket.SelfTradePrevention == SelfTradePrevention.Decrement ? ask.Remaining : 0;
                if (lots <= 0 || ticket.SelfTradePrevention
                    is SelfTradePrevention.CancelTaker or SelfTradePrevention.CancelBoth)
                {
                    return 0;
                }
            }
        }

        return 0;
    }

    /// <summary>Whether a fill-or-kill order would fill whole; if not, the sweep says why it ends.</summary>
    /// <remarks>Own orders are no liquidity. Where one of them would stop or shrink the order, what lies behind it is
    /// none
    /// either: the order fills whole or not at all.</remarks>
    private bool CanFillWhole<TLevels>(
        OrderBook<TLevels> book, in Order taker, long worstKey, ref Taking taking)
        where TLevels : struct, IPriceLevels
    {
        var liquidity = new Liquidity(
            _orders, in taker, OwnAccountsOf(taker.Account), HasLeftOver ? Now.Microseconds : 0);
        book.Visit(OrderBook.Opposite(taker.BookSide), worstKey, ref liquidity);
        ref var sweep = ref taking.Sweep;
        if (liquidity.Wanted > 0)
        {
            sweep.End = StatusReason.FillOrKill;
        }
        else if (sweep.Budget >= 0)
        {
            var value = taker.IsMirrored
                ? ((Int128)taking.Instrument.Market!.PayoutTicks * taker.Remaining) - liquidity.Value
                : liquidity.Value;
            if (sweep.Budget < taking.Instrument.Terms.TotalPaid(value, value * taker.TakerFeeBps))
            {
                sweep.End = StatusReason.InsufficientFunds;
            }
        }

        return !taking.IsDone;
    }
}
