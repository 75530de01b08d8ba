namespace ReplicatedBook.Matching.Accounts;

/// <summary>One asset and where all its units came from and went to.</summary>
/// <param name="symbol">Its name.</param>
/// <param name="scale">Digits after the point.</param>
internal sealed class Asset(string symbol, int scale)
{
    /// <summary>Its name.</summary>
    public string Symbol => symbol;

    /// <summary>Digits after the point.</summary>
    public int Scale => scale;

    /// <summary>Whether it is the shares of an outcome, which come from no outside.</summary>
    public bool IsOutcome { get; set; }

    /// <summary>All ever credited from outside. It never leaves 64 bits, so no balance does.</summary>
    public long Deposits { get; set; }

    /// <summary>All ever debited to outside.</summary>
    public long Withdrawals { get; set; }

    /// <summary>What the venue has: buyers' payments less sellers' receipts; never negative.</summary>
    public long Fees { get; set; }

    /// <summary>A copy that does not change with it.</summary>
    public Asset Copy() => (Asset)MemberwiseClone();
}
