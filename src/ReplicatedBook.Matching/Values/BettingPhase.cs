namespace ReplicatedBook.Matching.Values;

/// <summary>Before or during the event that is bet on; phases follow each other in this order.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum BettingPhase : byte
{
    /// <summary>Before it.</summary>
    Pre = 0,

    /// <summary>It is about to begin: nothing is taken or matched, and lapsing bets go.</summary>
    AwaitingLive = 1,

    /// <summary>It is under way: bets wait for the market's delay before they reach the book.</summary>
    InPlay = 2,
}
