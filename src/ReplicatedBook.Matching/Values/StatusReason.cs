namespace ReplicatedBook.Matching.Values;

/// <summary>Why an order is neither open nor filled.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum StatusReason : byte
{
    /// <summary>It is open or filled.</summary>
    None = 0,

    /// <summary>Its owner cancelled it.</summary>
    UserRequest = 1,

    /// <summary>Self-trade prevention cancelled it.</summary>
    SelfTrade = 2,

    /// <summary>A change of the instrument's status cancelled it.</summary>
    InstrumentStatus = 3,

    /// <summary>What an IOC could not fill at once.</summary>
    ImmediateOrCancel = 4,

    /// <summary>A FOK that could not fill whole.</summary>
    FillOrKill = 5,

    /// <summary>What a market order could not fill.</summary>
    NoLiquidity = 6,

    /// <summary>A market buy that had no funds for more lots.</summary>
    InsufficientFunds = 7,

    /// <summary>An amendment left no lots beyond those already filled.</summary>
    AmendedToFilled = 8,

    /// <summary>The time of a GTD order came.</summary>
    GoodTilDate = 9,

    /// <summary>What a market order could only have traded beyond its protection price or the instrument's
    /// band.</summary>
    ProtectionPrice = 10,

    /// <summary>Its account's dead man's switch cancelled it.</summary>
    CancelAfter = 11,

    /// <summary>The session it was placed in has ended.</summary>
    SessionEnded = 12,

    /// <summary>A bet: what was left unmatched was too little to be matched exactly.</summary>
    Dust = 24,

    /// <summary>A bet: its market was suspended or is about to go in play.</summary>
    Lapsed = 25,

    /// <summary>A bet: its market changed while it waited for the delay.</summary>
    MarketChanged = 26,

    /// <summary>A bet: its market was closed or voided.</summary>
    MarketClosed = 27,

    /// <summary>A bet: canceled with others by the market's operator.</summary>
    BatchCancel = 28,

    /// <summary>A bet: its runner was removed from the market.</summary>
    RunnerRemoved = 29,
}
