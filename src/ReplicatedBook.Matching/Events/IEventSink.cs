namespace ReplicatedBook.Matching.Events;

/// <summary>Receives what happened, in the order in which it happened; must not call back into the exchange.</summary>
public interface IEventSink : IBettingEventSink, IIdentityEventSink
{
    /// <summary>Takes one event.</summary>
    void On(in OrderAccepted e);

    /// <summary>Takes one event.</summary>
    void On(in OrderRejected e);

    /// <summary>Takes one event.</summary>
    void On(in OrderAmended e);

    /// <summary>Takes one event.</summary>
    void On(in OrderCanceled e);

    /// <summary>Takes one event.</summary>
    void On(in OrderExpired e);

    /// <summary>Takes one event.</summary>
    void On(in Trade e);

    /// <summary>Takes one event.</summary>
    void On(in BalanceChanged e);

    /// <summary>Takes one event.</summary>
    void On(in InstrumentChanged e);

    /// <summary>Takes one event.</summary>
    void On(in AccountChanged e);

    /// <summary>Takes one event.</summary>
    void On(in AssetChanged e);

    /// <summary>Takes one event.</summary>
    void On(in OrderConditions e);

    /// <summary>Takes one event.</summary>
    void On(in OrderTriggered e);

    /// <summary>Takes one event.</summary>
    void On(in OrderReplenished e);

    /// <summary>Takes one event.</summary>
    void On(in InstrumentRulesChanged e);

    /// <summary>Takes one event.</summary>
    void On(in CancelAfterChanged e);

    /// <summary>Takes one event.</summary>
    void On(in PredictionMarketChanged e);

    /// <summary>Takes one event.</summary>
    void On(in PredictionMarketDescribed e);

    /// <summary>Takes one event.</summary>
    void On(in OutcomeListed e);

    /// <summary>Takes one event.</summary>
    void On(in SetSplit e);

    /// <summary>Takes one event.</summary>
    void On(in SetMerged e);

    /// <summary>Takes one event.</summary>
    void On(in OutcomePayoutSet e);

    /// <summary>Takes one event.</summary>
    void On(in PositionSettled e);

    /// <summary>Takes one event.</summary>
    void On(in PredictionMarketSettled e);
}
