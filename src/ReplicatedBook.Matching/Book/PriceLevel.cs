namespace ReplicatedBook.Matching.Book;

/// <summary>The orders resting at one price, oldest first.</summary>
internal struct PriceLevel
{
    /// <summary>The price as a key: of two levels of one side the better has the larger key.</summary>
    public long Key;

    /// <summary>Lots resting there, with those that are not shown.</summary>
    public long Lots;

    /// <summary>Of those the ones that icebergs do not show.</summary>
    public long Hidden;

    /// <summary>Slot of the oldest order; -1 when there is none.</summary>
    public int Oldest;

    /// <summary>Slot of the youngest order; -1 when there is none.</summary>
    public int Youngest;

    /// <summary>Orders resting there.</summary>
    public int Count;
}
