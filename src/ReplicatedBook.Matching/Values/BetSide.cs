namespace ReplicatedBook.Matching.Values;

/// <summary>For a runner or against it.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum BetSide : byte
{
    /// <summary>Wins if the runner wins: risks the stake, wins stake times (odds - 1).</summary>
    Back = 0,

    /// <summary>Wins if the runner does not win: risks stake times (odds - 1), wins the stake.</summary>
    Lay = 1,
}
