namespace ReplicatedBook.Matching.Values;

/// <summary>Names a trade, from 1 in order of execution, unique for ever; 0 names none. Given out by the state machine,
/// so equal on every node.</summary>
/// <param name="Value">The number.</param>
public readonly record struct TradeId(long Value) : IComparable<TradeId>
{
    /// <summary>Order of the numbers.</summary>
    public int CompareTo(TradeId other) => Value.CompareTo(other.Value);
}
