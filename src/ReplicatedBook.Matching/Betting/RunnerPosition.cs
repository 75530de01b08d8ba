namespace ReplicatedBook.Matching.Betting;

/// <summary>What an account has matched on one runner of a market, in units of the currency; void trades taken
/// out.</summary>
internal struct RunnerPosition
{
    /// <summary>Sum of the pots that it gets if the runner wins.</summary>
    public long For;

    /// <summary>Sum of the pots that it gets if the runner does not win.</summary>
    public long Against;

    /// <summary>What it paid into all of these.</summary>
    public long Paid;

    /// <summary>What is reserved for its open bets on the runner.</summary>
    public long Open;

    /// <summary>Place of the runner in the market.</summary>
    public int Runner;

    /// <summary>The account's next in this market, in order of coming; -1 at the end.</summary>
    public int Next;
}
