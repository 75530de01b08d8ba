using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Book;

/// <summary>One trade as it is kept; its id is its place in the ring. It carries on the chains of its orders and
/// instrument.</summary>
internal struct TradeRecord
{
    /// <summary>The maker's limit.</summary>
    public long Price;

    /// <summary>Lots.</summary>
    public long Quantity;

    /// <summary>The resting order.</summary>
    public long MakerOrder;

    /// <summary>The aggressor.</summary>
    public long TakerOrder;

    /// <summary>In quote units.</summary>
    public long MakerFee;

    /// <summary>In quote units.</summary>
    public long TakerFee;

    /// <summary>Log index.</summary>
    public long Index;

    /// <summary>When.</summary>
    public long At;

    /// <summary>The maker's trade before this; 0 when there was none.</summary>
    public long PreviousOfMaker;

    /// <summary>The taker's trade before this; 0 when there was none.</summary>
    public long PreviousOfTaker;

    /// <summary>The instrument's trade before this; 0 when there was none.</summary>
    public long PreviousOfInstrument;

    /// <summary>What was traded.</summary>
    public int Instrument;

    /// <summary>The aggressor's side.</summary>
    public Side TakerSide;

    /// <summary>The order's trade before this one.</summary>
    public readonly long PreviousOf(long order) => order == MakerOrder ? PreviousOfMaker : PreviousOfTaker;
}
