namespace ReplicatedBook.Matching.Values;

/// <summary>What a betting market does in batches: at most so many bets, trades or accounts in one log entry, the rest
/// at the start of the next ones.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum BettingWork : byte
{
    /// <summary>Cancels bets that still wait for the bet delay: the market has changed since.</summary>
    CancelPending = 0,

    /// <summary>Cancels those and the bets that lapse.</summary>
    CancelLapsing = 1,

    /// <summary>Cancels the bets that a filter names.</summary>
    CancelNamed = 2,

    /// <summary>Cancels all bets.</summary>
    CancelAll = 3,

    /// <summary>Voids trades from a time on.</summary>
    VoidTrades = 4,

    /// <summary>Pays every account its part of the pots.</summary>
    Settle = 5,

    /// <summary>Pays every account back what it has paid into pots.</summary>
    Refund = 6,

    /// <summary>Cancels the bets on runners that were removed, and those that still wait for the bet delay.</summary>
    CancelRemoved = 7,
}
