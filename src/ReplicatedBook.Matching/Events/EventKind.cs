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
}
