using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Markets.Prediction;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>What a trade of outcomes moves.</content>
/// <remarks>Each order is in the terms of its own outcome, so that what it reserves, pays and gets is as for spot. Only
/// where both buy, or both sell, is there more: a set is made of what both pay, or unmade to pay both.</remarks>
public sealed partial class Exchange
{
    private readonly PositionTable _positions = new();

    /// <summary>As Settle, for an order of an outcome. Prices of the two add up to the payout where one trades the
    /// first outcome and one the second; trade, last price and day are in terms of the first.</summary>
    private void SettleOutcome(
        Instrument instrument, ref Order maker, ref Order taker, long lots, ref Sweep sweep)
    {
        var book = instrument.Canonical;
        var market = instrument.Market!;
        var price = maker.IsMirrored ? market.PayoutTicks - maker.Price : maker.Price;
        var takerPrice = maker.IsMirrored == taker.IsMirrored ? maker.Price : market.PayoutTicks - maker.Price;
        ref var trade = ref Record(book, ref maker, ref taker, price, lots, ref sweep);
        var makerUnits = instrument.Terms.Settle(
            ref maker, maker.Price * lots, maker.MakerFeeBps, out trade.MakerFee);
        var takerUnits = instrument.Terms.Settle(ref taker, takerPrice * lots, taker.TakerFeeBps, out trade.TakerFee);
        if (maker.Account != taker.Account)
        {
            sweep.Units += takerUnits;
            sweep.Lots += lots;
        }
        else
        {
            SettleOwn(ref taker, instrument, takerUnits, lots);
        }

        // What buyers pay less what sellers get and what stays behind new sets, or with what old ones release.
        var sets = maker.Side != taker.Side ? 0 : maker.Side == Side.Buy ? lots : -lots;
        _ledger.Asset(market.Collateral).Fees += (taker.Side == Side.Buy ? takerUnits : -takerUnits)
            + (maker.Side == Side.Buy ? makerUnits : -makerUnits) - (sets * market.SetUnits);
        if (sets != 0)
        {
            market.MakeSets(sets);
        }

        if (book.Mirror is { } mirror)
        {
            mirror.LastPrice = market.PayoutTicks - price;
        }

        SettleMaker(ref maker, instrument, lots, makerUnits);
        MovePositions(market, in maker, maker.Price, in taker, takerPrice, lots);
        _events.Traded(maker.LastTrade, in trade, in maker, in taker);
    }

    private void MovePositions(
        PredictionMarket market, in Order maker, long makerPrice, in Order taker, long takerPrice, long lots)
    {
        if (maker.Side == Side.Sell)
        {
            MovePosition(market, in maker, makerPrice, lots); // First what goes: it may be the account's own trade.
            MovePosition(market, in taker, takerPrice, lots);
        }
        else
        {
            MovePosition(market, in taker, takerPrice, lots);
            MovePosition(market, in maker, makerPrice, lots);
        }
    }

    private void MovePosition(PredictionMarket market, in Order order, long price, long lots)
    {
        var slot = _positions.Ensure(
            order.Balances.Base, order.Account, market, order.Instrument - market.FirstInstrument);
        ref var position = ref _positions[slot];
        var units = price * lots * market.TickUnits;
        if (order.Side == Side.Buy)
        {
            position.Add(lots, units);
        }
        else
        {
            position.Sell(lots, units);
        }
    }
}
