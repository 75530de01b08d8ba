using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Creating betting markets, and leading them through their states and phases.</content>
public sealed partial class Exchange
{
    private RejectReason ApplyCreateBettingMarket(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out CreateBettingMarket command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = barred == RejectReason.None ? Check(in command) : barred;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        var market = AddBettingMarket(in command, AppliedIndex, Now.Microseconds);
        Changed(market);
        Tell(market, command.Runners);
        AnswerBettingMarket(market, count: 0);
        return RejectReason.None;
    }

    /// <summary>Checked in this order: TextInvalid, AssetNotFound, AssetIsOutcome, FeeOutOfRange, BetDelayOutOfRange,
    /// LiabilityBoundInvalid, RunnerCountInvalid, RunnerExists, BettingMarketExists, LimitReached.</summary>
    private RejectReason Check(in CreateBettingMarket command)
    {
        var isTwo = command.BookType == BettingBookType.TwoRunner;
        return command.Name.Length == 0 || !AreNamed(command.Runners) ? RejectReason.TextInvalid
            : !_ledger.HasAsset(command.Currency.Value) ? RejectReason.AssetNotFound
            : _ledger.Asset(command.Currency.Value).IsOutcome ? RejectReason.AssetIsOutcome
            : command.CommissionBps is < 0 or > Terms.WholeBps ? RejectReason.FeeOutOfRange
            : command.BetDelay is < 0 or > CreateBettingMarket.MaxBetDelay ? RejectReason.BetDelayOutOfRange
            : command.MaxBetLiability.Units < 0 || command.MaxAccountLiability.Units < 0
                ? RejectReason.LiabilityBoundInvalid
            : command.Runners.Count < (isTwo ? 2 : 1)
                || command.Runners.Count > (isTwo ? 2 : CreateBettingMarket.MaxRunners)
                ? RejectReason.RunnerCountInvalid
            : HasTwice(command.Runners) ? RejectReason.RunnerExists
            : _bettingNames.Find(command.Name) != 0 ? RejectReason.BettingMarketExists
            : _bettingMarkets.Count >= _limits.MaxInstruments ? RejectReason.LimitReached
            : RejectReason.None;
    }

    private BettingMarket AddBettingMarket(in CreateBettingMarket command, long index, long at)
    {
        var step = OddsTerms.StakeStep(_ledger.Asset(command.Currency.Value).Scale);
        var market = new BettingMarket(_bettingMarkets.Count + 1, command, step)
        {
            CreatedIndex = index,
            CreatedAt = at,
        };
        _bettingMarkets.Add(market);
        _bettingNames.Add(command.Name, market.Id);
        return market;
    }

    private static bool AreNamed(IReadOnlyList<RunnerName> runners)
    {
        for (var i = 0; i < runners.Count; i++)
        {
            if (runners[i].Name.Length == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasTwice(IReadOnlyList<RunnerName> runners)
    {
        for (var i = 0; i < runners.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (runners[i].Id == runners[j].Id)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Tell(BettingMarket market, IReadOnlyList<RunnerName> runners)
    {
        for (var i = 0; i < runners.Count; i++)
        {
            var added = new RunnerAdded(new BettingMarketId(market.Id), runners[i].Id);
            _events.On(in added);
        }
    }

    /// <summary>Checked in this order: BettingMarketNotFound, VersionMismatch, BettingMarketFinal, TextInvalid,
    /// RunnerCountInvalid, RunnerExists.</summary>
    private RejectReason ApplyAddRunners(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out AddRunners command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || BettingMarketOrNull(command.Market.Value) is not { } market)
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.BettingMarketNotFound);
        }

        var reason = IsOther(market, command.ExpectedVersion) ? RejectReason.VersionMismatch
            : market.State >= BettingMarketState.Closed ? RejectReason.BettingMarketFinal
            : !AreNamed(command.Runners) ? RejectReason.TextInvalid
            : market.IsTwoRunner || command.Runners.Count == 0
                || command.Runners.Count > CreateBettingMarket.MaxRunners - market.Runners.Count
                ? RejectReason.RunnerCountInvalid
            : HasTwice([.. market.Runners, .. command.Runners]) ? RejectReason.RunnerExists
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        var isIdle = _jobs.Count == 0;
        market.Runners.AddRange(command.Runners);
        market.Version++;
        Changed(market);
        Tell(market, command.Runners);
        EnqueueCancel(market, BettingWork.CancelPending, SetBettingState.MaxBatch);
        AnswerBettingMarket(market, isIdle ? DoJobs() : 0);
        return RejectReason.None;
    }

    private static bool IsOther(BettingMarket market, long expectedVersion) =>
        expectedVersion != 0 && expectedVersion != market.Version;

    /// <summary>Checked in this order: BettingMarketNotFound, VersionMismatch, BettingMarketFinal, BatchSizeInvalid,
    /// NoChange, BatchUnderWay.</summary>
    private RejectReason ApplySetBettingState(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out SetBettingState command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || BettingMarketOrNull(command.Market.Value) is not { } market)
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.BettingMarketNotFound);
        }

        var reason = IsOther(market, command.ExpectedVersion) ? RejectReason.VersionMismatch
            : market.State >= BettingMarketState.Closed ? RejectReason.BettingMarketFinal
            : !TryBatchSize(command.BatchSize, out _) ? RejectReason.BatchSizeInvalid
            : market.State == command.State ? RejectReason.NoChange
            : command.State == BettingMarketState.Open && market.Jobs > 0 ? RejectReason.BatchUnderWay
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        _ = TryBatchSize(command.BatchSize, out var size);
        var isIdle = _jobs.Count == 0;
        market.State = command.State;
        market.Version++;
        Changed(market);
        EnqueueCancel(
            market,
            command.State == BettingMarketState.Closed ? BettingWork.CancelAll
                : command.LapseBets && command.State == BettingMarketState.Suspended ? BettingWork.CancelLapsing
                : BettingWork.CancelPending,
            size);
        DropBooksOfClosed(market);
        AnswerBettingMarket(market, isIdle ? DoJobs() : 0);
        return RejectReason.None;
    }

    /// <summary>Checked in this order: BettingMarketNotFound, VersionMismatch, BettingMarketFinal, BatchSizeInvalid,
    /// InPlayNotSupported, PhaseOutOfOrder, BatchUnderWay.</summary>
    private RejectReason ApplySetBettingPhase(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out SetBettingPhase command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || BettingMarketOrNull(command.Market.Value) is not { } market)
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.BettingMarketNotFound);
        }

        var reason = IsOther(market, command.ExpectedVersion) ? RejectReason.VersionMismatch
            : market.State >= BettingMarketState.Closed ? RejectReason.BettingMarketFinal
            : !TryBatchSize(command.BatchSize, out _) ? RejectReason.BatchSizeInvalid
            : !market.Given.IsInPlayCapable ? RejectReason.InPlayNotSupported
            : command.Phase != market.Phase + 1 ? RejectReason.PhaseOutOfOrder
            : command.Phase == BettingPhase.InPlay && market.Jobs > 0 ? RejectReason.BatchUnderWay
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        _ = TryBatchSize(command.BatchSize, out var size);
        var isIdle = _jobs.Count == 0;
        market.Phase = command.Phase;
        market.Version++;
        Changed(market);
        if (command.Phase == BettingPhase.AwaitingLive)
        {
            EnqueueCancel(market, BettingWork.CancelLapsing, size);
        }

        AnswerBettingMarket(market, isIdle ? DoJobs() : 0);
        return RejectReason.None;
    }
}
