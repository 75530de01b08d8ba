using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Runners that come to a betting market, and runners that leave it.</content>
public sealed partial class Exchange
{
    /// <summary>Checked in this order: BettingMarketNotFound, VersionMismatch, BettingMarketFinal, BatchSizeInvalid,
    /// TextInvalid, RunnerCountInvalid, RunnerExists, RunnerNotFound, RunnerAlreadyRemoved.</summary>
    private RejectReason ApplyChangeRunners(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out ChangeRunners command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = FindBettingMarket(
            command.Market, command.ExpectedVersion, command.BatchSize, BettingMarketState.Suspended, barred,
            out var market, out var size);
        reason = reason == RejectReason.None ? Check(market!, in command) : reason;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        var isIdle = _jobs.Count == 0;
        market!.Runners.AddRange(command.Added);
        for (var i = 0; i < command.Removed.Count; i++)
        {
            market.Removed.Add(market.PlaceOf(command.Removed[i].Value));
        }

        market.Version++;
        Changed(market);
        Added(market, command.Added);
        for (var i = 0; i < command.Removed.Count; i++)
        {
            Tell(market, command.Removed[i], isRemoved: true);
        }

        EnqueueCancel(
            market, command.Removed.Count > 0 ? BettingWork.CancelRemoved : BettingWork.CancelPending, size);
        AnswerBettingMarket(market, isIdle ? DoJobs() : 0);
        return RejectReason.None;
    }

    /// <summary>Checked in this order: TextInvalid, RunnerCountInvalid, RunnerExists, RunnerNotFound,
    /// RunnerAlreadyRemoved.</summary>
    private static RejectReason Check(BettingMarket market, in ChangeRunners command)
    {
        var (added, removed) = (command.Added, command.Removed);
        return !AreNamed(added) ? RejectReason.TextInvalid
            : market.IsTwoRunner || added.Count + removed.Count == 0 || removed.Count > market.Runners.Count
                || added.Count > CreateBettingMarket.MaxRunners - market.Runners.Count
                ? RejectReason.RunnerCountInvalid
            : HasTwice([.. market.Runners, .. added], static runner => runner.Id) ? RejectReason.RunnerExists
            : CheckRemoved(market, removed);
    }

    private static RejectReason CheckRemoved(BettingMarket market, IReadOnlyList<RunnerId> removed)
    {
        var isRemoved = HasTwice(removed, static runner => runner);
        for (var i = 0; i < removed.Count; i++)
        {
            var place = market.PlaceOf(removed[i].Value);
            if (place < 0)
            {
                return RejectReason.RunnerNotFound;
            }

            isRemoved |= market.IsRemoved(place);
        }

        return isRemoved ? RejectReason.RunnerAlreadyRemoved : RejectReason.None;
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

    private void Added(BettingMarket market, IReadOnlyList<RunnerName> runners)
    {
        for (var i = 0; i < runners.Count; i++)
        {
            Tell(market, runners[i].Id, isRemoved: false);
        }
    }

    private void Tell(BettingMarket market, RunnerId runner, bool isRemoved)
    {
        var changed = new RunnerChanged(new BettingMarketId(market.Id), runner, isRemoved);
        _events.On(in changed);
    }
}
