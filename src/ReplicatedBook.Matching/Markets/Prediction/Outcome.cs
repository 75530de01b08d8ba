namespace ReplicatedBook.Matching.Markets.Prediction;

/// <summary>One outcome of a market.</summary>
internal struct Outcome
{
    /// <summary>As given.</summary>
    public string Id;

    /// <summary>As given.</summary>
    public string Title;

    /// <summary>Shares there are, in lots. Equal for all outcomes until the market's end begins to take them
    /// back.</summary>
    public long Supply;

    /// <summary>Once resolved: parts of a unit that a share pays.</summary>
    public long Payout;
}
