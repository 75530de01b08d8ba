namespace ReplicatedBook.Matching.Values;

/// <summary>Names a session (a family of refresh tokens), from 1 in order of creation. Given out by the state machine,
/// so equal on every node.</summary>
/// <param name="Value">The number.</param>
public readonly record struct SessionId(long Value) : IComparable<SessionId>
{
    /// <summary>Order of the numbers.</summary>
    public int CompareTo(SessionId other) => Value.CompareTo(other.Value);
}
