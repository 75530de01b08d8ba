namespace ReplicatedBook.Matching.Values;

/// <summary>Names who sent a command; 0 is the local user while authentication is off. Given out by the state machine,
/// so equal on every node.</summary>
/// <param name="Value">The number.</param>
public readonly record struct UserId(long Value) : IComparable<UserId>
{
    /// <summary>Order of the numbers.</summary>
    public int CompareTo(UserId other) => Value.CompareTo(other.Value);
}
