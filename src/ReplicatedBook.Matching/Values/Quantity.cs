namespace ReplicatedBook.Matching.Values;

/// <summary>A quantity in whole lots of its instrument.</summary>
/// <param name="Lots">Positive for a valid order.</param>
public readonly record struct Quantity(long Lots) : IComparable<Quantity>
{
    /// <summary>Order of the lots.</summary>
    public int CompareTo(Quantity other) => Lots.CompareTo(other.Lots);
}
