using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>One resting order.</summary>
/// <param name="Price">Its limit.</param>
/// <param name="Remaining">Lots left.</param>
/// <param name="Order">Its id.</param>
public readonly record struct RestingOrderView(
    Price Price,
    Quantity Remaining,
    OrderId Order);
