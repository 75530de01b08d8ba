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

    /// <summary>Price of its first trade; 0 before it. Prices go one way within a sweep, so that the instrument's last
    /// price is the other end of the range it traded over.</summary>
    public long FirstPrice;

    /// <summary>Whether the order names what it spends in place of lots.</summary>
    public bool SpendsUnits;

    /// <summary>Why it ended before liquidity or lots did; None if it did not.</summary>
    public StatusReason End;
}
