namespace ReplicatedBook.Matching.Events;

/// <summary>Which event the bytes are.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum EventKind : byte
{
    /// <summary><see cref="Events.OrderAccepted"/></summary>
    OrderAccepted = 1,

    /// <summary><see cref="Events.OrderRejected"/></summary>
    OrderRejected = 2,

    /// <summary><see cref="Events.OrderAmended"/></summary>
    OrderAmended = 3,

    /// <summary><see cref="Events.OrderCanceled"/></summary>
    OrderCanceled = 4,

    /// <summary><see cref="Events.OrderExpired"/></summary>
    OrderExpired = 5,

    /// <summary><see cref="Events.Trade"/></summary>
    Trade = 6,

    /// <summary><see cref="Events.BalanceChanged"/></summary>
    BalanceChanged = 7,

    /// <summary><see cref="Events.InstrumentChanged"/></summary>
    InstrumentChanged = 8,

    /// <summary><see cref="Events.AccountChanged"/></summary>
    AccountChanged = 9,

    /// <summary><see cref="Events.AssetChanged"/></summary>
    AssetChanged = 10,

    /// <summary><see cref="Events.OrderConditions"/></summary>
    OrderConditions = 11,

    /// <summary><see cref="Events.OrderTriggered"/></summary>
    OrderTriggered = 12,

    /// <summary><see cref="Events.OrderReplenished"/></summary>
    OrderReplenished = 13,

    /// <summary><see cref="Events.InstrumentRulesChanged"/></summary>
    InstrumentRulesChanged = 14,

    /// <summary><see cref="Events.CancelAfterChanged"/></summary>
    CancelAfterChanged = 15,

    /// <summary><see cref="Events.PredictionMarketChanged"/></summary>
    PredictionMarketChanged = 16,

    /// <summary><see cref="Events.PredictionMarketDescribed"/></summary>
    PredictionMarketDescribed = 17,

    /// <summary><see cref="Events.OutcomeListed"/></summary>
    OutcomeListed = 18,

    /// <summary><see cref="Events.SetSplit"/></summary>
    SetSplit = 19,

    /// <summary><see cref="Events.SetMerged"/></summary>
    SetMerged = 20,

    /// <summary><see cref="Events.OutcomePayoutSet"/></summary>
    OutcomePayoutSet = 21,

    /// <summary><see cref="Events.PositionSettled"/></summary>
    PositionSettled = 22,

    /// <summary><see cref="Events.PredictionMarketSettled"/></summary>
    PredictionMarketSettled = 23,

    /// <summary><see cref="Events.BettingMarketChanged"/></summary>
    BettingMarketChanged = 24,

    /// <summary><see cref="Events.RunnerChanged"/></summary>
    RunnerChanged = 25,

    /// <summary><see cref="Events.BetAccepted"/></summary>
    BetAccepted = 26,

    /// <summary><see cref="Events.BetRejected"/></summary>
    BetRejected = 27,

    /// <summary><see cref="Events.BetReleased"/></summary>
    BetReleased = 28,

    /// <summary><see cref="Events.BetMatched"/></summary>
    BetMatched = 29,

    /// <summary><see cref="Events.BetReduced"/></summary>
    BetReduced = 30,

    /// <summary><see cref="Events.BetCanceled"/></summary>
    BetCanceled = 31,

    /// <summary><see cref="Events.BetTradeVoided"/></summary>
    BetTradeVoided = 32,

    /// <summary><see cref="Events.BettingPaid"/></summary>
    BettingPaid = 33,

    /// <summary><see cref="Events.BettingBatchDone"/></summary>
    BettingBatchDone = 34,

    /// <summary><see cref="Events.UserChanged"/></summary>
    UserChanged = 35,

    /// <summary><see cref="Events.ApiKeyChanged"/></summary>
    ApiKeyChanged = 36,

    /// <summary><see cref="Events.SessionOpened"/></summary>
    SessionOpened = 37,

    /// <summary><see cref="Events.SessionEnded"/></summary>
    SessionEnded = 38,

    /// <summary><see cref="Events.SigningKeyChanged"/></summary>
    SigningKeyChanged = 39,

    /// <summary><see cref="Events.AuditRecorded"/></summary>
    AuditRecorded = 40,

    /// <summary><see cref="Events.Transferred"/></summary>
    Transferred = 41,

    /// <summary><see cref="Events.OrderSessionChanged"/></summary>
    OrderSessionChanged = 42,
}
