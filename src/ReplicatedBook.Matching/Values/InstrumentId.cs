namespace ReplicatedBook.Matching.Values;

/// <summary>Names an instrument, from 1 in order of listing; 0 names none. Given out by the state machine, so equal on
/// every node.</summary>
/// <param name="Value">The number.</param>
public readonly record struct InstrumentId(int Value) : IComparable<InstrumentId>
{
    /// <summary>Order of the numbers.</summary>
    public int CompareTo(InstrumentId other) => Value.CompareTo(other.Value);
}
