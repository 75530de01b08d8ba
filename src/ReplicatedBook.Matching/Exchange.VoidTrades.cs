using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Voiding trades of bets: possible for as long as their pots are there.</content>
public sealed partial class Exchange
{
    /// <summary>Checked in this order: BettingMarketNotFound, BettingMarketFinal, BatchSizeInvalid, VoidRangeInvalid,
    /// then for trades BetTradeNotFound, BetTradeVoided, for a time BatchUnderWay, BetTradesForgotten.</summary>
    private RejectReason ApplyVoidBettingTrades(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out VoidBettingTrades command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || BettingMarketOrNull(command.Market.Value) is not { } market)
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.BettingMarketNotFound);
        }

        var since = command.Since.Microseconds;
        var isBatch = TryBatchSize(command.BatchSize, out var size);
        var reason = market.State > BettingMarketState.Closed ? RejectReason.BettingMarketFinal
            : !isBatch ? RejectReason.BatchSizeInvalid
            : since < 0 || command.Trades.Count > VoidBettingTrades.MaxTrades
                || since == 0 == (command.Trades.Count == 0) ? RejectReason.VoidRangeInvalid
            : since == 0 ? CheckTrades(market, command.Trades)
            : HasJob(market, BettingWork.VoidTrades) ? RejectReason.BatchUnderWay
            : MayHaveForgotten(market, since) ? RejectReason.BetTradesForgotten
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        if (since == 0)
        {
            foreach (var trade in command.Trades)
            {
                VoidTrade(trade.Value, market);
            }

            AnswerBettingMarket(market, command.Trades.Count);
            return RejectReason.None;
        }

        var isIdle = _jobs.Count == 0;
        Enqueue(market, new BettingJob
        {
            Work = BettingWork.VoidTrades,
            BatchSize = size,
            Cursor = FirstTradeSince(since),
            Last = _betTrades.Next - 1,
        });
        AnswerBettingMarket(market, isIdle ? DoJobs() : 0);
        return RejectReason.None;
    }

    private RejectReason CheckTrades(BettingMarket market, IReadOnlyList<TradeId> trades)
    {
        for (var i = 0; i < trades.Count; i++)
        {
            var id = trades[i].Value;
            if (!_betTrades.Holds(id) || _betTrades[id].Market != market.Id)
            {
                return RejectReason.BetTradeNotFound;
            }

            if (_betTrades[id].IsVoided || IsAmongFirst(trades, i, id))
            {
                return RejectReason.BetTradeVoided;
            }
        }

        return RejectReason.None;
    }

    private static bool IsAmongFirst(IReadOnlyList<TradeId> trades, int count, long id)
    {
        for (var i = 0; i < count; i++)
        {
            if (trades[i].Value == id)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a trade of the market at this time or later may be no longer kept.</summary>
    private bool MayHaveForgotten(BettingMarket market, long since) =>
        market.FirstTrade != 0 && market.FirstTrade < _betTrades.First
        && (_betTrades.Count == 0 || _betTrades[_betTrades.First].At >= since);

    /// <summary>The first trade kept of this time or later: trades are in order of time.</summary>
    private long FirstTradeSince(long since)
    {
        var (low, high) = (_betTrades.First, _betTrades.Next);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (_betTrades[middle].At < since)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <returns>How many trades it looked at, those of other markets included.</returns>
    private int VoidSome(ref BettingJob job, BettingMarket market, int most, ref int count, out bool isLast)
    {
        var looked = 0;
        for (job.Cursor = Math.Max(job.Cursor, _betTrades.First); looked < most && job.Cursor <= job.Last; looked++)
        {
            var id = job.Cursor++;
            if (_betTrades[id].Market == market.Id && !_betTrades[id].IsVoided)
            {
                VoidTrade(id, market);
                count++;
            }
        }

        isLast = job.Cursor > job.Last;
        return looked;
    }

    private void VoidTrade(long id, BettingMarket market)
    {
        ref var trade = ref _betTrades.EditSlot(_betTrades.SlotOf(id));
        trade.IsVoided = true;
        var pot = trade.Stake + trade.Liability;
        market.Pot -= pot;
        market.Matched -= pot;
        TakeBack(market, trade.MakerAccount, trade.MakerRunner, trade.MakerSide, pot, trade.MakerPart);
        TakeBack(market, trade.TakerAccount, trade.TakerRunner, trade.TakerSide, pot, trade.TakerPart);
        NoteVoided(trade.MakerBet, trade.Stake);
        NoteVoided(trade.TakerBet, trade.TakerStake);
        var voided = new BetTradeVoided(
            new TradeId(id), new BettingMarketId(market.Id), new AccountId(trade.MakerAccount),
            new AccountId(trade.TakerAccount), new Amount(trade.MakerPart), new Amount(trade.TakerPart));
        _events.On(in voided);
    }

    private void TakeBack(BettingMarket market, int account, int runner, BetSide side, long pot, long part)
    {
        var position = FindPosition(account, market.Id);
        ref var held = ref _runnerPositions.Edit(FindRunnerPosition(position, runner));
        AddClaim(ref held, side, -pot, -part);
        Invariant.Require((held.For | held.Against | held.Paid) >= 0, "a trade is taken back once");
        _ledger.Credit(_betPositions[position].Balance, part);
    }

    /// <summary>Notes it in the bet, if that is still known.</summary>
    private void NoteVoided(long id, long stake)
    {
        var slot = LocateBet(id, out var isOpen);
        if (slot < 0)
        {
            return;
        }

        ref var bet = ref isOpen ? ref _bets.Edit(slot) : ref _closedBets.EditSlot(slot);
        bet.Voided += stake;
        bet.UpdatedIndex = AppliedIndex;
        bet.UpdatedAt = Now.Microseconds;
        if (bet.Status == OrderStatus.Filled && bet.Voided == bet.Matched)
        {
            bet.Status = OrderStatus.Voided;
        }
    }
}
