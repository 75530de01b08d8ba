namespace ReplicatedBook.Matching.Values;

/// <summary>Where a prediction market stands.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum PredictionMarketStatus : byte
{
    /// <summary>Not open yet: sets may be split and merged, no order is taken.</summary>
    Pending = 0,

    /// <summary>Everything.</summary>
    Active = 1,

    /// <summary>Cancels, splits and merges; may become active again.</summary>
    Paused = 2,

    /// <summary>No more trading: all orders are cancelled; merges only.</summary>
    Closed = 3,

    /// <summary>Its payouts are known and paid; final.</summary>
    Resolved = 4,

    /// <summary>It never counted: complete sets are repaid, other shares at their cost; final.</summary>
    Voided = 5,

    /// <summary>Taken out before its first trade; no longer shown.</summary>
    Deleted = 6,
}
