using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Up to <see cref="MaxOrders"/> orders in one log entry, applied in order.</summary>
/// <param name="Orders">The orders; each gets its own result. Not changed after creation.</param>
public readonly record struct PlaceBatch(IReadOnlyList<PlaceOrder> Orders)
{
    /// <summary>Most orders of one batch (API.md 2.6).</summary>
    public const int MaxOrders = 100;
}
