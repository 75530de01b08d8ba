namespace ReplicatedBook.Matching.Values;

/// <summary>How an order is priced.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum OrderType : byte
{
    /// <summary>At its limit price or better.</summary>
    Limit = 0,

    /// <summary>At any price; what finds no counterpart at once expires.</summary>
    Market = 1,
}
