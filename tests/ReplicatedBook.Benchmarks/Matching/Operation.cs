namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>One operation of a workload: a limit order good till canceled, or a cancel.</summary>
/// <param name="IsCancel">Which of the two.</param>
/// <param name="IsBuy">Side of an order.</param>
/// <param name="Price">In ticks.</param>
/// <param name="Lots">Quantity.</param>
/// <param name="Order">Id of the order to cancel.</param>
internal readonly record struct Operation(bool IsCancel, bool IsBuy, long Price, long Lots, long Order)
{
    /// <summary>A limit order.</summary>
    public static Operation Place(bool isBuy, long price, long lots) => new(false, isBuy, price, lots, 0);

    /// <summary>A cancel.</summary>
    public static Operation Cancel(long order) => new(true, false, 0, 0, order);
}
