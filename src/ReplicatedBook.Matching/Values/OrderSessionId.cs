namespace ReplicatedBook.Matching.Values;

/// <summary>Names a session of orders, from 1 in order of opening; 0 for none. Given out by the state machine, so equal
/// on every node.</summary>
/// <param name="Value">The number.</param>
public readonly record struct OrderSessionId(long Value) : IComparable<OrderSessionId>
{
    /// <summary>Order of the numbers.</summary>
    public int CompareTo(OrderSessionId other) => Value.CompareTo(other.Value);
}
