namespace ReplicatedBook.Matching.Values;

/// <summary>What becomes of a bet's unmatched stake when its market goes in play.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum Persistence : byte
{
    /// <summary>It is canceled.</summary>
    Lapse = 0,

    /// <summary>It stays.</summary>
    Persist = 1,
}
