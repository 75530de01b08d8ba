namespace ReplicatedBook.Matching.Values;

/// <summary>How the bets of a market meet.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum BettingBookType : byte
{
    /// <summary>Two runners of which exactly one wins: a bet meets those on its own runner and, by the exact inverse of
    /// the odds, those on the other.</summary>
    TwoRunner = 0,

    /// <summary>A book for each runner; bets meet in their runner's book only.</summary>
    MultiRunner = 1,
}
