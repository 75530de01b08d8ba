using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>What betting markets do without a command, or over several: bets that have waited reach the book, work goes
/// on batch by batch.</content>
public sealed partial class Exchange
{
    private readonly List<BettingJob> _jobs = []; // The first is under way.
    private int _jobBet = -1; // Where the first job is among its market's bets; -1 behind the last.
    private long _bettingDue = long.MaxValue; // Smallest number while there is work.

    /// <summary>To be called wherever work or waiting bets may have come or gone.</summary>
    private void NoteBettingDue()
    {
        _bettingDue = _jobs.Count > 0 ? long.MinValue : _pendingBets.FirstDue;
        NoteDue(_bettingDue);
    }

    /// <summary>Goes on with the work, then lets those bets into the book whose time has come, in order of time and at
    /// one time of id.</summary>
    private void DoBettingWork()
    {
        DoJobs();
        for (var left = MostEnds; left > 0 && _pendingBets.FirstDue <= Now.Microseconds; left--)
        {
            ReleaseBet(_pendingBets.FirstSlot);
        }

        NoteBettingDue();
    }

    /// <summary>Puts a bet among those that wait for the delay.</summary>
    private void LetWait(int slot, BettingMarket market)
    {
        ref readonly var bet = ref _bets[slot];
        HoldFor(in bet, bet.Risk);
        ListBet(slot, market);
        _pendingBets.Add(slot, bet.DueAt, bet.Id);
        market.Pending++;
        ShowBet(slot, isOpen: true);
    }

    private void ReleaseBet(int slot)
    {
        ref var bet = ref _bets.Edit(slot);
        var market = _bettingMarkets[bet.Market - 1];
        if (!market.IsTrading || market.Version != bet.MarketVersion)
        {
            CloseRestingBet(slot, StatusReason.MarketChanged);
            return;
        }

        _pendingBets.Remove(slot);
        market.Pending--;
        bet.Status = OrderStatus.Open;
        bet.UpdatedIndex = AppliedIndex;
        bet.UpdatedAt = Now.Microseconds;
        HoldFor(in bet, -bet.Risk);
        var released = new BetReleased(
            new OrderId(bet.Id), new AccountId(bet.Account), new BettingMarketId(bet.Market));
        _events.On(in released);
        MatchBet(slot, market, isListed: true);
    }

    private bool HasJob(BettingMarket market, BettingWork work)
    {
        foreach (var job in _jobs)
        {
            if (job.Market == market.Id && job.Work == work)
            {
                return true;
            }
        }

        return false;
    }

    private void Enqueue(BettingMarket market, BettingJob job)
    {
        job.Market = market.Id;
        market.Jobs++;
        _jobs.Add(job);
    }

    /// <summary>Cancels bets of a market in batches, unless it has none.</summary>
    private void EnqueueCancel(BettingMarket market, BettingWork work, int batchSize)
    {
        if (work == BettingWork.CancelPending ? market.Pending > 0 : market.Open.Count > 0)
        {
            Enqueue(market, new BettingJob { Work = work, BatchSize = batchSize, Last = _lastOrder, Runner = -1 });
        }
    }

    /// <summary>Does the next batch and, while work comes to its end with it, the next ones.</summary>
    /// <returns>How many bets it canceled, trades it voided and accounts it paid.</returns>
    private int DoJobs()
    {
        var (total, isLast) = (0, true);
        for (var left = SetBettingState.MaxBatch; isLast && left > 0 && _jobs.Count > 0;)
        {
            var job = _jobs[0];
            var market = _bettingMarkets[job.Market - 1];
            var most = Math.Min(job.BatchSize, left);
            var count = 0;
            left -= 1 + (job.Work switch
            {
                BettingWork.VoidTrades => VoidSome(ref job, market, most, ref count, out isLast),
                BettingWork.Settle or BettingWork.Refund => PaySome(in job, market, most, ref count, out isLast),
                _ => CancelSome(ref job, market, most, ref count, out isLast),
            });
            total += count;
            if (isLast)
            {
                _jobs.RemoveAt(0);
                market.Jobs--;
            }
            else
            {
                _jobs[0] = job;
            }

            var done = new BettingBatchDone(new BettingMarketId(market.Id), job.Work, count, isLast);
            _events.On(in done);
        }

        return total;
    }

    /// <returns>How many bets it looked at.</returns>
    private int CancelSome(ref BettingJob job, BettingMarket market, int most, ref int count, out bool isLast)
    {
        if (job.Cursor == BettingJob.NotStarted)
        {
            (job.Cursor, _jobBet) = (1, market.Open.First);
        }

        var looked = 0;
        for (; looked < most && HasMore(in job); looked++)
        {
            var slot = _jobBet;
            _jobBet = _bets[slot].NextOfMarket;
            if (Names(in job, market, in _bets[slot]))
            {
                CloseRestingBet(slot, ReasonOf(job.Work, market.IsRemoved(_bets[slot].Runner)));
                count++;
            }
        }

        isLast = !HasMore(in job);
        if (isLast)
        {
            _jobBet = -1;
            DropBooksOfClosed(market);
        }

        return looked;
    }

    private bool HasMore(in BettingJob job) => _jobBet >= 0 && _bets[_jobBet].Id <= job.Last;

    private static bool Names(in BettingJob job, BettingMarket market, in Bet bet) => job.Work switch
    {
        BettingWork.CancelPending => bet.Status == OrderStatus.Pending,
        BettingWork.CancelLapsing => bet.Status == OrderStatus.Pending || bet.Persistence == Persistence.Lapse,
        BettingWork.CancelRemoved => bet.Status == OrderStatus.Pending || market.IsRemoved(bet.Runner),
        BettingWork.CancelNamed => (job.Account == 0 || bet.Account == job.Account)
            && (job.Runner < 0 || bet.Runner == job.Runner)
            && bet.CreatedAt >= job.From && (job.To == 0 || bet.CreatedAt <= job.To),
        _ => true,
    };

    private static StatusReason ReasonOf(BettingWork work, bool isRemoved) => work switch
    {
        BettingWork.CancelRemoved when isRemoved => StatusReason.RunnerRemoved,
        BettingWork.CancelRemoved or BettingWork.CancelPending => StatusReason.MarketChanged,
        BettingWork.CancelLapsing => StatusReason.Lapsed,
        BettingWork.CancelNamed => StatusReason.BatchCancel,
        _ => StatusReason.MarketClosed,
    };

    /// <summary>Gives the memory of a market's books back once nothing can rest in them any more.</summary>
    private static void DropBooksOfClosed(BettingMarket market)
    {
        if (market.State >= BettingMarketState.Closed && market.Open.Count == 0)
        {
            market.DropBooks();
        }
    }
}
