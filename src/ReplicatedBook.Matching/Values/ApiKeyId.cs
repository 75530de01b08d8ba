namespace ReplicatedBook.Matching.Values;

/// <summary>Names an API key, from 1 in order of creation. Given out by the state machine, so equal on every
/// node.</summary>
/// <param name="Value">The number.</param>
public readonly record struct ApiKeyId(long Value) : IComparable<ApiKeyId>
{
    /// <summary>Order of the numbers.</summary>
    public int CompareTo(ApiKeyId other) => Value.CompareTo(other.Value);
}
