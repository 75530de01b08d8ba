namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>One operation of a workload.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="IsBuy">Side of the order.</param>
/// <param name="Book">Which book, from 0.</param>
/// <param name="Order">Id of the order that is placed, canceled or replaced; chosen by the workload.</param>
/// <param name="Price">In ticks; 0 for a cancel.</param>
/// <param name="Lots">Quantity of a new order, or what is to be left of a replaced one; 0 for a cancel.</param>
internal readonly record struct Operation(
    OperationKind Kind, bool IsBuy, int Book, long Order, long Price, uint Lots)
{
    /// <summary>A limit order, good till canceled.</summary>
    public static Operation Place(long order, bool isBuy, long price, long lots, int book = 0) =>
        new(OperationKind.Place, isBuy, book, order, price, checked((uint)lots));

    /// <summary>A limit order whose rest is canceled.</summary>
    public static Operation Immediate(long order, bool isBuy, long price, long lots, int book = 0) =>
        new(OperationKind.PlaceImmediate, isBuy, book, order, price, checked((uint)lots));

    /// <summary>A cancel.</summary>
    public static Operation Cancel(long order, int book = 0) => new(OperationKind.Cancel, false, book, order, 0, 0);

    /// <summary>A cancel and a new order under the same id.</summary>
    public static Operation Replace(long order, bool isBuy, long price, long lots, int book = 0) =>
        new(OperationKind.Replace, isBuy, book, order, price, checked((uint)lots));
}
