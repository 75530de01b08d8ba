using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Paying the pots out.</content>
public sealed partial class Exchange
{
    /// <summary>Checked in this order: BettingMarketNotFound, VersionMismatch, BettingMarketFinal,
    /// BettingMarketNotClosed, BatchSizeInvalid, SettlementInvalid.</summary>
    private RejectReason ApplySettleBettingMarket(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out SettleBettingMarket command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || BettingMarketOrNull(command.Market.Value) is not { } market)
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.BettingMarketNotFound);
        }

        long[] weights = [];
        var reason = IsOther(market, command.ExpectedVersion) ? RejectReason.VersionMismatch
            : market.State > BettingMarketState.Closed ? RejectReason.BettingMarketFinal
            : market.State != BettingMarketState.Closed ? RejectReason.BettingMarketNotClosed
            : !TryBatchSize(command.BatchSize, out _) ? RejectReason.BatchSizeInvalid
            : !TryWeights(market, in command, out weights) ? RejectReason.SettlementInvalid
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        _ = TryBatchSize(command.BatchSize, out var size);
        market.Denominator = command.Denominator;
        market.Weights = weights;
        Finish(market, BettingMarketState.Settled, BettingWork.Settle, size);
        return RejectReason.None;
    }

    /// <summary>Checked in this order: BettingMarketNotFound, VersionMismatch, BettingMarketFinal,
    /// BatchSizeInvalid.</summary>
    private RejectReason ApplyVoidBettingMarket(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out VoidBettingMarket command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = FindBettingMarket(
            command.Market, command.ExpectedVersion, command.BatchSize, BettingMarketState.Closed, barred,
            out var market, out var size);
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        Finish(market!, BettingMarketState.Voided, BettingWork.Refund, size);
        return RejectReason.None;
    }

    /// <summary>Cancels what is open, then pays.</summary>
    private void Finish(BettingMarket market, BettingMarketState state, BettingWork work, int size)
    {
        var isIdle = _jobs.Count == 0;
        market.State = state;
        market.Version++;
        Changed(market);
        if (!HasJob(market, BettingWork.CancelAll))
        {
            EnqueueCancel(market, BettingWork.CancelAll, size);
        }

        if (market.Positions.Count > 0)
        {
            Enqueue(market, new BettingJob { Work = work, BatchSize = size });
        }

        DropBooksOfClosed(market);
        AnswerBettingMarket(market, isIdle ? DoJobs() : 0);
    }

    private static bool TryWeights(BettingMarket market, in SettleBettingMarket command, out long[] weights)
    {
        weights = new long[market.Runners.Count];
        var (sum, denominator) = (0L, command.Denominator);
        if (denominator is < 1 or > SettleBettingMarket.MaxDenominator)
        {
            return false;
        }

        var voids = market.Removed.Count;
        foreach (var place in market.Removed)
        {
            weights[place] = BettingMarket.VoidWeight;
        }

        foreach (var runner in command.VoidRunners)
        {
            var place = market.PlaceOf(runner.Value);
            if (place < 0 || (weights[place] != 0 && !market.IsRemoved(place)))
            {
                return false;
            }

            voids += weights[place] == 0 ? 1 : 0;
            weights[place] = BettingMarket.VoidWeight;
        }

        foreach (var payout in command.Payouts)
        {
            if (market.PlaceOf(payout.Runner.Value) is var place && (place < 0 || weights[place] != 0)
                || payout.Numerator < 1 || payout.Numerator > denominator)
            {
                return false;
            }

            weights[place] = payout.Numerator;
            sum += payout.Numerator;
        }

        if (!market.IsTwoRunner)
        {
            // Without a winner only where there is nobody left who could have won.
            return sum % denominator == 0 && (sum > 0 || voids == weights.Length);
        }

        if (command.VoidRunners.Count > 0)
        {
            Array.Fill(weights, BettingMarket.VoidWeight); // A bet on the one is a bet against the other.
        }

        return sum == (command.VoidRunners.Count > 0 ? 0 : denominator);
    }

    /// <summary>Pays the next accounts, in order of their coming to the market; each leaves it with that.</summary>
    /// <returns>How many.</returns>
    private int PaySome(in BettingJob job, BettingMarket market, int most, ref int count, out bool isLast)
    {
        for (; count < most && market.Positions.First >= 0; count++)
        {
            Pay(market, market.Positions.First, job.Work == BettingWork.Refund);
        }

        isLast = market.Positions.First < 0;
        if (isLast)
        {
            market.Dust = market.Pot; // Parts of units that a dead heat leaves over.
            _ledger.Asset(market.Given.Currency.Value).Fees += market.Pot;
            market.Pot = 0;
        }

        return count;
    }

    private void Pay(BettingMarket market, int slot, bool isRefund)
    {
        var position = _betPositions[slot];
        var (staked, due) = (0L, (Int128)0);
        for (var held = position.FirstRunner; held >= 0;)
        {
            ref readonly var on = ref _runnerPositions[held];
            staked += on.Paid;
            due += isRefund ? on.Paid : DueOn(market, in on);
            _runnerPositions.Release(held);
            held = on.Next;
        }

        var paid = (long)(isRefund ? due : due / market.Denominator);
        var winnings = isRefund ? 0 : Math.Max(0, paid - staked);
        var commission = (long)((Int128)winnings * market.Given.CommissionBps / Terms.WholeBps);
        market.Pot -= paid;
        Invariant.Require(market.Pot >= 0, "pots pay no more than was paid in");
        _ledger.Credit(position.Balance, paid - commission);
        _ledger.Asset(market.Given.Currency.Value).Fees += commission;
        Forget(market, slot, in position);
        if (staked != 0)
        {
            var told = new BettingPaid(
                new BettingMarketId(market.Id), new AccountId(position.Account), new Amount(staked),
                new Amount(paid - commission), new Amount(commission));
            _events.On(in told);
        }
    }

    /// <summary>What an account gets of its pots on one runner, in parts of the market's denominator.</summary>
    private static Int128 DueOn(BettingMarket market, in RunnerPosition on)
    {
        var weight = market.Weights[on.Runner];
        return weight == BettingMarket.VoidWeight
            ? (Int128)on.Paid * market.Denominator
            : ((Int128)on.For * weight) + ((Int128)on.Against * (market.Denominator - weight));
    }

    /// <summary>Takes the market's first position out.</summary>
    private void Forget(BettingMarket market, int slot, in Position position)
    {
        market.Positions.First = position.Next;
        market.Positions.Last = position.Next < 0 ? -1 : market.Positions.Last;
        market.Positions.Count--;
        _positionIndex.Remove(PositionKey(position.Account, market.Id));
        ref var bettor = ref BettorOf(position.Account);
        bettor.LastMarket = bettor.LastMarket == market.Id ? 0 : bettor.LastMarket;
        _betPositions.Release(slot);
    }
}
