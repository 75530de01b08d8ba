namespace ReplicatedBook.Matching.Values;

/// <summary>Names an asset, from 1 in order of creation; 0 names none. Given out by the state machine, so equal on
/// every node.</summary>
/// <param name="Value">The number.</param>
public readonly record struct AssetId(int Value) : IComparable<AssetId>
{
    /// <summary>Order of the numbers.</summary>
    public int CompareTo(AssetId other) => Value.CompareTo(other.Value);
}
