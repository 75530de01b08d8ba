namespace ReplicatedBook.Matching.Values;

/// <summary>An amount of an asset in its smallest unit: 10 to the power of minus its scale.</summary>
/// <param name="Units">Whole units; negative only in differences.</param>
public readonly record struct Amount(long Units) : IComparable<Amount>
{
    /// <summary>Order of the units.</summary>
    public int CompareTo(Amount other) => Units.CompareTo(other.Units);
}
