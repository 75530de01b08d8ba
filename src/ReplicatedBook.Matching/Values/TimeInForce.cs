namespace ReplicatedBook.Matching.Values;

/// <summary>What becomes of the lots that do not match at once.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum TimeInForce : byte
{
    /// <summary>They rest.</summary>
    GoodTilCanceled = 0,

    /// <summary>They expire.</summary>
    ImmediateOrCancel = 1,

    /// <summary>The whole order expires unless all of it matches at once.</summary>
    FillOrKill = 2,

    /// <summary>They rest until the cluster's time reaches the order's end.</summary>
    GoodTilDate = 3,
}
