namespace ReplicatedBook.Matching.Book;

/// <summary>What an order came to in its trades, to be cleared at once.</summary>
internal struct OrderTotals
{
    /// <summary>See <see cref="Order.FilledValue"/>.</summary>
    public Int128 Value;

    /// <summary>See <see cref="Order.FeeValue"/>.</summary>
    public Int128 FeeValue;

    /// <summary>See <see cref="Order.Filled"/>.</summary>
    public long Lots;

    /// <summary>See <see cref="Order.LastTrade"/>.</summary>
    public long LastTrade;
}
