using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Benchmarks.Flash1;

/// <content>Betting, which these workloads have none of.</content>
internal sealed partial class ReportingEvents
{
    /// <inheritdoc/>
    public void On(in BettingMarketChanged e)
    {
    }

    /// <inheritdoc/>
    public void On(in RunnerChanged e)
    {
    }

    /// <inheritdoc/>
    public void On(in BetAccepted e)
    {
    }

    /// <inheritdoc/>
    public void On(in BetRejected e)
    {
    }

    /// <inheritdoc/>
    public void On(in BetReleased e)
    {
    }

    /// <inheritdoc/>
    public void On(in BetMatched e)
    {
    }

    /// <inheritdoc/>
    public void On(in BetReduced e)
    {
    }

    /// <inheritdoc/>
    public void On(in BetCanceled e)
    {
    }

    /// <inheritdoc/>
    public void On(in BetTradeVoided e)
    {
    }

    /// <inheritdoc/>
    public void On(in BettingPaid e)
    {
    }

    /// <inheritdoc/>
    public void On(in BettingBatchDone e)
    {
    }
}
