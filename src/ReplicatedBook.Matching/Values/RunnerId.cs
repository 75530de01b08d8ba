namespace ReplicatedBook.Matching.Values;

/// <summary>Names a runner of one betting market: chosen by who creates the market, from 1 to
/// <see cref="Max"/>; 0 names none.</summary>
/// <param name="Value">The number.</param>
public readonly record struct RunnerId(int Value)
{
    /// <summary>The largest number.</summary>
    public const int Max = 1_000_000_000;
}
