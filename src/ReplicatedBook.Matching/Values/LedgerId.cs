namespace ReplicatedBook.Matching.Values;

/// <summary>Names a deposit or withdrawal, from 1 in order of posting; 0 names none. Given out by the state machine, so
/// equal on every node.</summary>
/// <param name="Value">The number.</param>
public readonly record struct LedgerId(long Value) : IComparable<LedgerId>
{
    /// <summary>Order of the numbers.</summary>
    public int CompareTo(LedgerId other) => Value.CompareTo(other.Value);
}
