using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <summary>One order's way through the book.</summary>
internal struct Sweep
{
    /// <summary>Quote units a market buy may spend; -1 where the reservation sets the bound.</summary>
    public long Budget;

    /// <summary>Quote units the order paid to other accounts or got from them, fees included.</summary>
    public long Units;

    /// <summary>Lots it traded with other accounts.</summary>
    public long Lots;

    /// <summary>Whether the order names what it spends in place of lots.</summary>
    public bool SpendsUnits;

    /// <summary>Why it ended before liquidity or lots did; None if it did not.</summary>
    public StatusReason End;
}
