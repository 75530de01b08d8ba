namespace ReplicatedBook.Matching.Values;

/// <summary>Names a prediction market, from 1 in order of creation; 0 names none. Given out by the state machine, so
/// equal on every node.</summary>
/// <param name="Value">The number.</param>
public readonly record struct PredictionMarketId(int Value) : IComparable<PredictionMarketId>
{
    /// <summary>Order of the numbers.</summary>
    public int CompareTo(PredictionMarketId other) => Value.CompareTo(other.Value);
}
