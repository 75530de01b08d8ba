namespace ReplicatedBook.Matching.Values;

/// <summary>Where a betting market stands.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum BettingMarketState : byte
{
    /// <summary>Bets are taken and matched, unless the phase bars it.</summary>
    Open = 0,

    /// <summary>No bet is taken or matched; bets may be canceled.</summary>
    Suspended = 1,

    /// <summary>For good: all unmatched stakes are canceled, what is matched waits for the result.</summary>
    Closed = 2,

    /// <summary>The result is known; everybody was paid or, while a batch is under way, is being paid.</summary>
    Settled = 3,

    /// <summary>All bets are void; everybody got, or is getting, back what they had paid in.</summary>
    Voided = 4,
}
