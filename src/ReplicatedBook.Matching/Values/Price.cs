namespace ReplicatedBook.Matching.Values;

/// <summary>A price in whole ticks of its instrument.</summary>
/// <param name="Ticks">Positive for a valid limit; 0 where there is none (market orders).</param>
public readonly record struct Price(long Ticks) : IComparable<Price>
{
    /// <summary>Order of the ticks.</summary>
    public int CompareTo(Price other) => Ticks.CompareTo(other.Ticks);
}
