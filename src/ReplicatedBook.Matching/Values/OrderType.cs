namespace ReplicatedBook.Matching.Values;

/// <summary>How an order is priced.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum OrderType : byte
{
    /// <summary>At its limit price or better.</summary>
    Limit = 0,

    /// <summary>At any price; what finds no counterpart at once expires.</summary>
    Market = 1,

    /// <summary>Pending until a trade at or through its stop price; then as <see cref="Market"/>.</summary>
    Stop = 2,

    /// <summary>Pending until a trade at or through its stop price; then as <see cref="Limit"/>.</summary>
    StopLimit = 3,
}
