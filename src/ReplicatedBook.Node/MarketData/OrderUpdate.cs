using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.MarketData;

/// <summary>A step of a book that is followed order by order.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Index">Log index after which the book is so.</param>
/// <param name="PrevIndex">Index of the update before it; 0 for a snapshot.</param>
/// <param name="Removed">In a delta: orders that rest no more, or not in their place; to be taken out first.</param>
/// <param name="Changed">In a delta: orders that show other lots, in their place.</param>
/// <param name="Added">Orders in the order in which they come, each behind all others of its price. In a snapshot all,
/// bids then asks, each in priority order.</param>
internal sealed record OrderUpdate(
    BookUpdateKind Kind, long Index, long PrevIndex, IReadOnlyList<OrderId> Removed, IReadOnlyList<OrderLine> Changed,
    IReadOnlyList<OrderLine> Added);
