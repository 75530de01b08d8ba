namespace ReplicatedBook.Matching.Betting;

/// <summary>What the trades of one taker come to.</summary>
internal struct BetTally
{
    /// <summary>Sum of the pots.</summary>
    public long Pot;

    /// <summary>The taker's parts of them.</summary>
    public long Part;
}
