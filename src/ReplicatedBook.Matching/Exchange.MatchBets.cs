using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>How bets meet.</content>
public sealed partial class Exchange
{
    /// <summary>Matches a bet that is in no book, then rests or closes it.</summary>
    /// <param name="slot">The bet; nothing is reserved for it.</param>
    /// <param name="market">Its market.</param>
    /// <param name="isListed">Whether it can be found already.</param>
    private void MatchBet(int slot, BettingMarket market, bool isListed)
    {
        ref var bet = ref _bets.Edit(slot);
        var book = market.Book(bet.Runner, _bets);
        var side = market.SideOf(bet.Runner, bet.Side);
        var tally = default(BetTally);
        var end = bet.TimeInForce == TimeInForce.FillOrKill && !CanFill(in bet, market, book, side)
            ? StatusReason.FillOrKill
            : Sweep(ref bet, market, book, side, ref tally);
        if (tally.Pot > 0)
        {
            PayIn(in bet, market, in tally);
        }

        end = end == StatusReason.None ? EndOfRest(in bet, market) : end;
        if (bet.Remaining > 0 && end == StatusReason.None)
        {
            HoldFor(in bet, bet.Risk);
            book.Add(slot, side);
            if (!isListed)
            {
                ListBet(slot, market);
            }

            ShowBet(slot, isOpen: true);
            return;
        }

        if (isListed)
        {
            UnlistBet(slot, market);
        }

        ShowBet(EndBet(slot, isListed, end), isOpen: false);
    }

    /// <summary>Why a bet that nothing has stopped does not rest; None when it does, or is filled.</summary>
    private static StatusReason EndOfRest(in Bet bet, BettingMarket market) =>
        bet.Remaining == 0 ? StatusReason.None
            : bet.Remaining < market.StakeStep ? StatusReason.Dust
            : bet.TimeInForce == TimeInForce.ImmediateOrCancel ? StatusReason.ImmediateOrCancel
            : bet.TimeInForce == TimeInForce.FillOrKill ? StatusReason.FillOrKill
            : StatusReason.None;

    /// <summary>Closes a bet that is in no list any more, and says so unless it is filled.</summary>
    /// <returns>Its slot among the closed.</returns>
    private int EndBet(int slot, bool wasListed, StatusReason end)
    {
        if (end == StatusReason.None)
        {
            return CloseBet(slot, wasListed, OrderStatus.Filled, StatusReason.None);
        }

        TellCanceled(slot, end);
        return CloseBet(slot, wasListed, StatusOf(end), end);
    }

    private static OrderStatus StatusOf(StatusReason end) =>
        end is StatusReason.ImmediateOrCancel or StatusReason.FillOrKill
            ? OrderStatus.Expired
            : OrderStatus.Canceled;

    /// <summary>Fills a bet against those that rest: the exact price that is best for it first, at one price the oldest
    /// first, whatever runner they are on. Every trade is at the maker's odds and of whole units for both
    /// sides.</summary>
    /// <returns>Why it ends here; None where it is filled, dust, or meets nothing more.</returns>
    private StatusReason Sweep(ref Bet taker, BettingMarket market, BetBook book, Side side, ref BetTally tally)
    {
        ref var levels = ref book.Levels(OrderBook.Opposite(side));
        var (worst, own) = (book.Mirrored(taker.Key), OwnAccountsOf(taker.Account));
        while (taker.Remaining >= market.StakeStep && levels.Best >= worst)
        {
            var level = levels.Best;
            var slot = levels[level].Oldest;
            ref var maker = ref _bets.Edit(slot);
            var parts = PartsOf(in maker, in taker, taker.Remaining);
            if (own.Has(maker.Account) && taker.SelfTradePrevention != SelfTradePrevention.None)
            {
                var end = PreventSelfTrade(slot, ref taker, market, parts);
                if (end != StatusReason.None)
                {
                    return end;
                }

                continue;
            }

            if (parts == 0)
            {
                return StatusReason.Dust; // Less than the smallest part of the best maker.
            }

            var stake = parts * OddsTerms.Grain(maker.OddsPosition);
            levels[level].Lots -= stake;
            Trade(ref maker, ref taker, market, stake, parts * OddsTerms.Gain(maker.OddsPosition), ref tally);
            if (maker.Remaining < market.StakeStep)
            {
                CloseRestingBet(slot, maker.Remaining == 0 ? StatusReason.None : StatusReason.Dust);
            }
        }

        return StatusReason.None;
    }

    /// <summary>How many of the maker's smallest whole parts both have left.</summary>
    private static long PartsOf(in Bet maker, in Bet taker, long takerRemaining)
    {
        var grain = OddsTerms.Grain(maker.OddsPosition);
        return maker.Runner == taker.Runner
            ? Math.Min(maker.Remaining, takerRemaining) / grain
            : Math.Min(maker.Remaining / grain, takerRemaining / OddsTerms.Gain(maker.OddsPosition));
    }

    /// <param name="maker">The resting bet.</param>
    /// <param name="taker">The one that came.</param>
    /// <param name="market">Where.</param>
    /// <param name="stake">Stake of the maker.</param>
    /// <param name="liability">Its liability at the maker's odds.</param>
    /// <param name="tally">What the taker's trades come to.</param>
    private void Trade(
        ref Bet maker, ref Bet taker, BettingMarket market, long stake, long liability, ref BetTally tally)
    {
        ref var trade = ref _betTrades.Add(out var id);
        trade.MakerBet = maker.Id;
        trade.TakerBet = taker.Id;
        trade.Stake = stake;
        trade.Liability = liability;
        trade.Index = AppliedIndex;
        trade.At = Now.Microseconds;
        trade.PreviousOfMaker = maker.LastTrade;
        trade.PreviousOfTaker = taker.LastTrade;
        trade.PreviousOfMarket = market.LastTrade;
        trade.Market = market.Id;
        trade.MakerAccount = maker.Account;
        trade.TakerAccount = taker.Account;
        trade.Odds = maker.Odds;
        trade.MakerRunner = maker.Runner;
        trade.TakerRunner = taker.Runner;
        trade.MakerSide = maker.Side;
        trade.TakerSide = taker.Side;
        trade.IsVoided = false;
        market.LastTrade = id;
        market.FirstTrade = market.FirstTrade == 0 ? id : market.FirstTrade;
        var (pot, part) = (stake + liability, trade.MakerPart);
        maker.Remaining -= stake;
        maker.Matched += stake;
        maker.MatchedLiability += liability;
        maker.LastTrade = id;
        maker.UpdatedIndex = AppliedIndex;
        maker.UpdatedAt = Now.Microseconds;
        _ledger.SpendReserved(maker.Balance, part, unspent: 0);
        ref var held = ref _runnerPositions.Edit(maker.RunnerPosition);
        held.Open -= part;
        AddClaim(ref held, maker.Side, pot, part);
        taker.Remaining -= trade.TakerStake;
        taker.Matched += trade.TakerStake;
        taker.MatchedLiability += trade.TakerLiability;
        taker.LastTrade = id;
        tally.Pot += pot;
        tally.Part += pot - part;
        var matched = new BetMatched(
            new TradeId(id), new BettingMarketId(market.Id), new OrderId(maker.Id), new OrderId(taker.Id),
            new AccountId(maker.Account), new AccountId(taker.Account), market.Runners[maker.Runner].Id,
            market.Runners[taker.Runner].Id, maker.Side, taker.Side, new Odds(maker.Odds), new Amount(stake),
            new Amount(trade.TakerStake), new Amount(part), new Amount(pot - part), new Amount(maker.Remaining));
        _events.On(in matched);
    }

    private static void AddClaim(ref RunnerPosition held, BetSide side, long pot, long part)
    {
        held.Paid += part;
        if (side == BetSide.Back)
        {
            held.For += pot;
        }
        else
        {
            held.Against += pot;
        }
    }

    /// <summary>Pays the taker's part of its trades, of which nothing was reserved.</summary>
    private void PayIn(in Bet taker, BettingMarket market, in BetTally tally)
    {
        _ledger.Credit(taker.Balance, -tally.Part);
        AddClaim(ref _runnerPositions.Edit(taker.RunnerPosition), taker.Side, tally.Pot, tally.Part);
        market.Matched += tally.Pot;
        market.Pot += tally.Pot;
    }

    /// <summary>Reserves units for a bet; negative gives them back.</summary>
    private void HoldFor(in Bet bet, long units)
    {
        _ledger.Reserve(bet.Balance, units);
        _runnerPositions.Edit(bet.RunnerPosition).Open += units;
    }

    /// <summary>Whether a fill-or-kill bet would match all it wants: its least fill, or all but dust. Own bets are
    /// nothing to match; where one of them would stop or shrink the bet, neither is what lies behind it.</summary>
    private bool CanFill(in Bet taker, BettingMarket market, BetBook book, Side side)
    {
        ref var levels = ref book.Levels(OrderBook.Opposite(side));
        var (worst, place, left) = (book.Mirrored(taker.Key), OrderBook.FromBest, taker.Remaining);
        var (own, mayGoOn) = (OwnAccountsOf(taker.Account), true);
        for (var level = levels.Next(ref place); level >= worst && mayGoOn; level = levels.Next(ref place))
        {
            for (var slot = levels[level].Oldest; slot >= 0 && mayGoOn; slot = _bets[slot].Next)
            {
                ref readonly var maker = ref _bets[slot];
                if (own.Has(maker.Account) && taker.SelfTradePrevention != SelfTradePrevention.None)
                {
                    mayGoOn = taker.SelfTradePrevention == SelfTradePrevention.CancelMaker;
                    continue;
                }

                var parts = PartsOf(in maker, in taker, left);
                left -= parts * (maker.Runner == taker.Runner
                    ? OddsTerms.Grain(maker.OddsPosition)
                    : OddsTerms.Gain(maker.OddsPosition));
                mayGoOn = parts > 0 && left >= market.StakeStep;
            }
        }

        return taker.MinFill != 0 ? taker.Remaining - left >= taker.MinFill : left < market.StakeStep;
    }

    /// <summary>What happens where a bet meets one of its own user.</summary>
    /// <returns>SelfTrade where the taker ends; else None.</returns>
    private StatusReason PreventSelfTrade(int slot, ref Bet taker, BettingMarket market, long parts)
    {
        var mode = taker.SelfTradePrevention;
        if (mode == SelfTradePrevention.Decrement)
        {
            if (parts == 0)
            {
                return StatusReason.Dust;
            }

            ref var maker = ref _bets.Edit(slot);
            var (stake, liability) = (
                parts * OddsTerms.Grain(maker.OddsPosition), parts * OddsTerms.Gain(maker.OddsPosition));
            var takerStake = maker.Runner == taker.Runner ? stake : liability;
            taker.Remaining -= takerStake;
            TellReduced(in taker, takerStake);
            ReduceBet(slot, market, stake);
            if (maker.Remaining < market.StakeStep)
            {
                CloseRestingBet(slot, StatusReason.SelfTrade);
            }

            return taker.Remaining < market.StakeStep ? StatusReason.SelfTrade : StatusReason.None;
        }

        if (mode != SelfTradePrevention.CancelTaker)
        {
            CloseRestingBet(slot, StatusReason.SelfTrade);
        }

        return mode == SelfTradePrevention.CancelMaker ? StatusReason.None : StatusReason.SelfTrade;
    }
}
