using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Canceling bets.</content>
public sealed partial class Exchange
{
    private RejectReason ApplyCancelBet(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        _shownBet.Slot = -1;
        _shownBet.TradesBefore = long.MaxValue;
        if (!CommandReader.TryReadCancelBet(
            ref reader, out var account, out var bet, out var name, out var reduction))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = barred;
        if (reason == RejectReason.None)
        {
            reason = bet != 0
                ? CancelBet(header.User, new AccountId(account), bet, reduction)
                : CancelBet(header.User, new AccountId(account), name, reduction);
        }

        AnswerBet(reason);
        return reason;
    }

    /// <summary>Checked in this order: AccountRequired, AccountNotFound, then as the other says.</summary>
    private RejectReason CancelBet(UserId user, AccountId named, ReadOnlySpan<byte> name, long reduction)
    {
        var account = ResolveAccount(user, named, out var reason);
        if (account == 0)
        {
            return reason;
        }

        var id = name.IsEmpty ? 0 : FindBetByName(account, name);
        return id == 0
            ? RejectReason.OrderNotFound
            : CancelBet(user, new AccountId(account), id, reduction);
    }

    /// <summary>Checked in this order: AccountNotFound, OrderNotFound, OrderNotOpen, ExposureIncrease,
    /// ReductionInvalid.</summary>
    /// <remarks>Possible whatever the market's state.</remarks>
    internal RejectReason CancelBet(UserId user, AccountId named, long id, long reduction)
    {
        if (named.Value != 0 && ResolveAccount(user, named, out var reason) == 0)
        {
            return reason;
        }

        var slot = LocateBet(id, out var isOpen);
        if (slot < 0)
        {
            return RejectReason.OrderNotFound;
        }

        ref readonly var bet = ref BetAt(slot, isOpen);
        if (named.Value != 0 ? bet.Account != named.Value : !Owns(user, bet.Account))
        {
            return RejectReason.OrderNotFound;
        }

        ShowBet(slot, isOpen);
        if (!isOpen)
        {
            return RejectReason.OrderNotOpen;
        }

        if (reduction == 0)
        {
            ShowBet(CloseRestingBet(slot, StatusReason.UserRequest), isOpen: false);
            return RejectReason.None;
        }

        var market = _bettingMarkets[bet.Market - 1];
        if (reduction < 0)
        {
            return RejectReason.ExposureIncrease;
        }

        if (reduction % market.StakeStep != 0 || bet.Remaining - reduction < market.StakeStep)
        {
            return RejectReason.ReductionInvalid;
        }

        ReduceBet(slot, market, reduction);
        return RejectReason.None;
    }

    /// <summary>Checked in this order: AccountRequired, AccountNotFound, BettingMarketNotFound,
    /// RunnerNotFound.</summary>
    private RejectReason ApplyCancelBets(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out CancelBets command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None)
        {
            return Refuse(barred);
        }

        var account = ResolveAccount(header.User, command.Account, out var reason);
        if (account == 0)
        {
            return Refuse(reason);
        }

        var market = BettingMarketOrNull(command.Market.Value);
        if (command.Market.Value != 0 && market is null)
        {
            return Refuse(RejectReason.BettingMarketNotFound);
        }

        var runner = command.Runner.Value == 0 ? -1 : market?.PlaceOf(command.Runner.Value) ?? -1;
        if (command.Runner.Value != 0 && runner < 0)
        {
            return Refuse(RejectReason.RunnerNotFound);
        }

        var count = 0;
        for (var slot = BettorOf(account).Open.First; slot >= 0;)
        {
            ref readonly var bet = ref _bets[slot];
            var next = bet.NextOfAccount; // Canceling takes the bet out of this list.
            if ((market is null || bet.Market == market.Id) && (runner < 0 || bet.Runner == runner)
                && (command.Side is null || bet.Side == command.Side))
            {
                Note(bet.Id, ref count);
                CloseRestingBet(slot, StatusReason.UserRequest);
            }

            slot = next;
        }

        AnswerCanceled(count);
        return RejectReason.None;
    }

    /// <summary>Cancels all open bets of an account whose dead man's switch fires.</summary>
    /// <returns>How many.</returns>
    private int CancelBetsOf(int account)
    {
        var count = 0;
        for (; account < _bettors.Length && _bettors[account].Open.First is >= 0 and var slot; count++)
        {
            CloseRestingBet(slot, StatusReason.CancelAfter);
        }

        return count;
    }

    /// <summary>Checked in this order: BettingMarketNotFound, BettingMarketFinal, AccountNotFound, RunnerNotFound,
    /// BatchSizeInvalid, CancelRangeInvalid, BatchUnderWay.</summary>
    private RejectReason ApplyBatchCancelBets(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out BatchCancelBets command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || BettingMarketOrNull(command.Market.Value) is not { } market)
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.BettingMarketNotFound);
        }

        var runner = command.Runner.Value == 0 ? -1 : market.PlaceOf(command.Runner.Value);
        var isBatch = TryBatchSize(command.BatchSize, out var size);
        var (from, to) = (command.CreatedFrom.Microseconds, command.CreatedTo.Microseconds);
        var reason = market.State >= BettingMarketState.Closed ? RejectReason.BettingMarketFinal
            : command.Account.Value != 0 && !_ledger.HasAccount(command.Account.Value) ? RejectReason.AccountNotFound
            : command.Runner.Value != 0 && runner < 0 ? RejectReason.RunnerNotFound
            : !isBatch ? RejectReason.BatchSizeInvalid
            : to != 0 && to < from ? RejectReason.CancelRangeInvalid
            : HasJob(market, BettingWork.CancelNamed) ? RejectReason.BatchUnderWay
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        var isIdle = _jobs.Count == 0;
        Enqueue(market, new BettingJob
        {
            Work = BettingWork.CancelNamed,
            BatchSize = size,
            Last = _lastOrder,
            Account = (int)command.Account.Value,
            Runner = runner,
            From = from,
            To = to,
        });
        AnswerBettingMarket(market, isIdle ? DoJobs() : 0);
        return RejectReason.None;
    }
}
