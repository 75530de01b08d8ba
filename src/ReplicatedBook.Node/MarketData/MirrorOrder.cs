using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.MarketData;

/// <summary>An open order of a mirrored book, in the book's terms: it rests, waits for its stop price, or is on its way
/// through the book.</summary>
/// <param name="id">Its id.</param>
/// <param name="side">The side of the book on which it stands or would.</param>
/// <param name="mayRest">Whether what does not match at once rests.</param>
internal sealed class MirrorOrder(OrderId id, Side side, bool mayRest)
{
    public OrderId Id => id;

    public Side Side => side;

    public bool MayRest => mayRest;

    /// <summary>Its limit, in ticks of the book.</summary>
    public long Price { get; set; }

    /// <summary>Lots left.</summary>
    public long Remaining { get; set; }

    /// <summary>Of those the lots that the book shows, while it rests.</summary>
    public long Shown { get; set; }

    /// <summary>An iceberg's peak; 0 for all others.</summary>
    public long Display { get; set; }

    /// <summary>Which of all orders of the mirror came to its level when: a larger one later.</summary>
    public long Place { get; set; }

    /// <summary>The level at which it rests; null while it does not.</summary>
    public MirrorLevel? Level { get; set; }

    public MirrorOrder? Previous { get; set; }

    public MirrorOrder? Next { get; set; }

    /// <summary>Entry that touched it last, so that its state before is noted once.</summary>
    public long TouchedIn { get; set; }
}
