namespace ReplicatedBook.Matching.Values;

/// <summary>Which side of the book an order joins if it rests.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum Side : byte
{
    /// <summary>Bids.</summary>
    Buy = 0,

    /// <summary>Asks.</summary>
    Sell = 1,
}
