namespace ReplicatedBook.Matching.Values;

/// <summary>Cluster time: stamped by the leader, travels in the log entry, never goes back along the log.</summary>
/// <param name="Microseconds">Since 1970-01-01T00:00:00Z; 0 before the first entry.</param>
public readonly record struct Timestamp(long Microseconds) : IComparable<Timestamp>
{
    /// <summary>Earlier before later.</summary>
    public int CompareTo(Timestamp other) => Microseconds.CompareTo(other.Microseconds);
}
