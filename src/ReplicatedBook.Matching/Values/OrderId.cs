namespace ReplicatedBook.Matching.Values;

/// <summary>Names an order, from 1 in order of acceptance, unique for ever; 0 names none. Given out by the state
/// machine, so equal on every node.</summary>
/// <param name="Value">The number.</param>
public readonly record struct OrderId(long Value) : IComparable<OrderId>
{
    /// <summary>Order of the numbers.</summary>
    public int CompareTo(OrderId other) => Value.CompareTo(other.Value);
}
