namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>One report: 40 bytes, written in place.</summary>
internal struct Report
{
    /// <summary>What happened.</summary>
    public ReportKind Kind;

    /// <summary>Side of the order; of no meaning for trades and rejections.</summary>
    public bool IsBuy;

    /// <summary>Quantity accepted, traded or replaced with.</summary>
    public uint Lots;

    /// <summary>Which operation caused it, counted from 0.</summary>
    public long Sequence;

    /// <summary>The order; of a trade the maker.</summary>
    public long Order;

    /// <summary>In ticks; of a trade the maker's.</summary>
    public long Price;

    /// <summary>Of a trade the taker.</summary>
    public long Taker;
}
