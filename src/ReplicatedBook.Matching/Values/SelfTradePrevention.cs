namespace ReplicatedBook.Matching.Values;

/// <summary>What happens when an order would trade with another of the same account; the taker's flag
/// decides.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum SelfTradePrevention : byte
{
    /// <summary>The rest of the incoming order is cancelled.</summary>
    CancelTaker = 0,

    /// <summary>The resting order is cancelled and matching goes on.</summary>
    CancelMaker = 1,

    /// <summary>Both are cancelled.</summary>
    CancelBoth = 2,

    /// <summary>Both shrink by the smaller quantity, without a trade; what reaches zero is cancelled.</summary>
    Decrement = 3,

    /// <summary>They trade.</summary>
    None = 4,
}
