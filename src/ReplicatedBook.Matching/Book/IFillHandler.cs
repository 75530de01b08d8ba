namespace ReplicatedBook.Matching.Book;

/// <summary>What a match is for the one who owns the orders: the book keeps queues and lots, the handler all else. A
/// struct, so that the loop is compiled for it.</summary>
internal interface IFillHandler
{
    /// <summary>Whether the order has to stop before its lots or the book end.</summary>
    bool IsDone { get; }

    /// <summary>The next order in line; the handler may take it out of the book, but no other.</summary>
    /// <param name="slot">The resting order.</param>
    /// <param name="maker">The same.</param>
    /// <param name="taker">The order that matches; may shrink.</param>
    /// <returns>Lots to trade with it, no more than the one has and the other shows; 0 to look again or, when done, to
    /// stop.</returns>
    long Meet(int slot, in Order maker, ref Order taker);

    /// <summary>Lots have traded: they are off both orders and off the book, which the handler must leave as it
    /// is.</summary>
    void Filled(ref Order maker, ref Order taker, long lots);

    /// <summary>The resting order, an iceberg, shows its next peak, behind all others of its price.</summary>
    void Replenished(in Order maker, long shown);

    /// <summary>The resting order has no lots left and is out of the book.</summary>
    void Emptied(int slot, in Order maker);
}
