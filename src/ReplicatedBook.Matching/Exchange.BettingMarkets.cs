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
        Added(market, command.Runners);
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
            : HasTwice(command.Runners, static runner => runner.Id) ? RejectReason.RunnerExists
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

    /// <summary>Checked in this order: BettingMarketNotFound, VersionMismatch, BettingMarketFinal,
    /// BatchSizeInvalid.</summary>
    /// <param name="id">Which.</param>
    /// <param name="expectedVersion">As given; 0 for any.</param>
    /// <param name="batchSize">As given; 0 for the most.</param>
    /// <param name="last">The last state in which the command is possible.</param>
    /// <param name="barred">Why it must have no effect whatever it says; None when it may.</param>
    /// <param name="market">The market.</param>
    /// <param name="size">The size of a batch.</param>
    private RejectReason FindBettingMarket(
        BettingMarketId id, long expectedVersion, int batchSize, BettingMarketState last, RejectReason barred,
        out BettingMarket? market, out int size)
    {
        var isBatch = TryBatchSize(batchSize, out size);
        market = BettingMarketOrNull(id.Value);
        return barred != RejectReason.None ? barred
            : market is null ? RejectReason.BettingMarketNotFound
            : IsOther(market, expectedVersion) ? RejectReason.VersionMismatch
            : market.State > last ? RejectReason.BettingMarketFinal
            : !isBatch ? RejectReason.BatchSizeInvalid
            : RejectReason.None;
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

        var reason = FindBettingMarket(
            command.Market, command.ExpectedVersion, command.BatchSize, BettingMarketState.Suspended, barred,
            out var market, out var size);
        reason = reason != RejectReason.None ? reason
            : market!.State == command.State ? RejectReason.NoChange
            : command.State == BettingMarketState.Open && market.Jobs > 0 ? RejectReason.BatchUnderWay
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        var isIdle = _jobs.Count == 0;
        market!.State = command.State;
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

        var reason = FindBettingMarket(
            command.Market, command.ExpectedVersion, command.BatchSize, BettingMarketState.Suspended, barred,
            out var market, out var size);
        reason = reason != RejectReason.None ? reason
            : !market!.Given.IsInPlayCapable ? RejectReason.InPlayNotSupported
            : command.Phase != market.Phase + 1 ? RejectReason.PhaseOutOfOrder
            : command.Phase == BettingPhase.InPlay && market.Jobs > 0 ? RejectReason.BatchUnderWay
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        var isIdle = _jobs.Count == 0;
        market!.Phase = command.Phase;
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
