using ReplicatedBook.Matching.Commands;

namespace ReplicatedBook.Matching;

/// <summary>What became of an order command, and where the order is now.</summary>
/// <param name="Reason">None when accepted.</param>
internal readonly record struct Decision(RejectReason Reason)
{
    /// <summary>No order, no reason.</summary>
    public static Decision Nothing => new(RejectReason.None);

    /// <summary>Whether the order rests; else it is among the closed.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Its slot among the open or the closed; -1 when there is no order to show.</summary>
    public int Slot { get; init; } = -1;

    /// <summary>Whether it was placed by an earlier command.</summary>
    public bool IsExisting { get; init; }

    /// <summary>Last trade before the command; trades after it are the command's.</summary>
    public long TradesBefore { get; init; } = long.MaxValue;
}
