namespace ReplicatedBook.Consensus;

/// <summary>Names one member of the cluster, for example <c>n1</c>; unique for ever within a cluster.</summary>
/// <param name="Value">1 to 64 characters of <c>A-Za-z0-9._:-</c>; compared ordinally.</param>
public readonly record struct NodeId(string Value) : IComparable<NodeId>
{
    /// <summary>Ordinal order of the names, the same on every machine.</summary>
    public int CompareTo(NodeId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name itself.</summary>
    public override string ToString() => Value;
}
