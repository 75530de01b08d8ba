using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Benchmarks.Matching;

/// <content>Events of betting that no measurement adds up.</content>
internal sealed partial class TallySink
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
    public void On(in BetReleased e)
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
