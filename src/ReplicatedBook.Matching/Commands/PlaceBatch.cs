using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Up to <see cref="MaxOrders"/> orders in one log entry, applied in order.</summary>
/// <param name="Orders">The orders; each gets its own result. Not changed after creation.</param>
public readonly record struct PlaceBatch(IReadOnlyList<PlaceOrder> Orders)
{
    /// <summary>Most orders of one batch (API.md 2.6).</summary>
    public const int MaxOrders = 100;

    /// <summary>All or none: if one would be refused as things are before the first, none is placed.</summary>
    public bool IsAtomic { get; init; }

    /// <summary>The session its orders are placed in, at whose end they are canceled; 0 for none.</summary>
    public OrderSessionId Session { get; init; }

    /// <summary>Whether it says more than version 1 of its layout holds.</summary>
    internal bool HasOptions
    {
        get
        {
            var hasOptions = IsAtomic;
            for (var i = 0; i < Orders.Count; i++)
            {
                hasOptions |= Orders[i].HasOptions;
            }

            return hasOptions;
        }
    }
}
