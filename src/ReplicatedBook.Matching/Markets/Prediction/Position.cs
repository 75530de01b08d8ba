namespace ReplicatedBook.Matching.Markets.Prediction;

/// <summary>What an account has of one outcome, and what it cost. Fees are in none of the numbers.</summary>
internal struct Position
{
    /// <summary>Shares, in lots: the sum of both parts of the account's balance of them.</summary>
    public long Quantity;

    /// <summary>What they cost, in units of the collateral. What is taken of them takes its part of it, rounded
    /// down.</summary>
    public long Cost;

    /// <summary>What former shares brought beyond their cost. 128 bits, because money may go round without
    /// end.</summary>
    public Int128 Realized;

    /// <summary>Slot of the account's balance of the shares.</summary>
    public int Balance;

    /// <summary>Slot of the account's next position in the market, by outcome; -1 at the end.</summary>
    public int Next;

    /// <summary>The market.</summary>
    public int Market;

    /// <summary>The outcome's place in it, from 0.</summary>
    public int Outcome;

    /// <summary>Adds shares.</summary>
    public void Add(long lots, long cost)
    {
        Quantity += lots;
        Cost += cost;
    }

    /// <summary>Takes shares out.</summary>
    /// <returns>What they had cost.</returns>
    public long Take(long lots)
    {
        Invariant.Require(lots <= Quantity, "no more shares go than there are");
        var cost = lots == Quantity ? Cost : PartOf(Cost, lots, Quantity);
        Quantity -= lots;
        Cost -= cost;
        return cost;
    }

    /// <summary>Sells shares.</summary>
    public void Sell(long lots, long proceeds) => Realized += proceeds - Take(lots);

    private static long PartOf(long cost, long lots, long quantity)
    {
        var product = (Int128)cost * lots;
        // 128-bit division is ten times dearer.
        return product <= long.MaxValue ? (long)product / quantity : (long)(product / quantity);
    }
}
