using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Passes over every event; who looks at some of them says of which it does.</summary>
internal abstract class PassingEvents : IEventSink
{
    /// <inheritdoc/>
    public virtual void BelongsTo(int market, long sequence)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in OrderAccepted e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in OrderRejected e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in OrderAmended e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in OrderCanceled e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in OrderExpired e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in Trade e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in BalanceChanged e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in InstrumentChanged e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in AccountChanged e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in AssetChanged e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in OrderConditions e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in OrderTriggered e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in OrderReplenished e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in InstrumentRulesChanged e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in CancelAfterChanged e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in PredictionMarketChanged e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in PredictionMarketDescribed e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in OutcomeListed e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in SetSplit e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in SetMerged e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in OutcomePayoutSet e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in PositionSettled e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in PredictionMarketSettled e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in BettingMarketChanged e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in RunnerChanged e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in BetAccepted e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in BetRejected e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in BetReleased e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in BetMatched e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in BetReduced e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in BetCanceled e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in BetTradeVoided e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in BettingPaid e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in BettingBatchDone e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in UserChanged e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in ApiKeyChanged e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in SessionOpened e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in SessionEnded e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in SigningKeyChanged e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in AuditRecorded e)
    {
    }

    /// <inheritdoc/>
    public virtual void On(in Transferred e)
    {
    }
}
