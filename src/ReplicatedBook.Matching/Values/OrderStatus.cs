namespace ReplicatedBook.Matching.Values;

/// <summary>Where an order stands.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum OrderStatus : byte
{
    /// <summary>It rests with lots left.</summary>
    Open = 0,

    /// <summary>All its lots traded.</summary>
    Filled = 1,

    /// <summary>Its owner, self-trade prevention or the venue took it out.</summary>
    Canceled = 2,

    /// <summary>Its own instructions ended it: the rest of an IOC, FOK or market order, the end of a
    /// GTD.</summary>
    Expired = 3,

    /// <summary>A stop order that no trade has triggered yet; in no book.</summary>
    Pending = 4,

    /// <summary>A bet all of whose matched stake was voided.</summary>
    Voided = 5,
}
