using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.MarketData;

/// <summary>What an entry did to one resting order, in the book's terms. Of one entry first come all that were removed,
/// then those that changed, then the added, in the order in which they came to their levels.</summary>
/// <param name="Kind">What.</param>
/// <param name="Order">Its id.</param>
/// <param name="Side">Side of the book.</param>
/// <param name="Price">In ticks.</param>
/// <param name="Lots">Lots it shows now; 0 when it was removed.</param>
internal readonly record struct OrderChange(OrderChangeKind Kind, OrderId Order, Side Side, long Price, long Lots);
