using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.MarketData;

/// <summary>One resting order, as followers are told it.</summary>
/// <param name="Order">Its id.</param>
/// <param name="Side">Its side.</param>
/// <param name="Price">Its limit.</param>
/// <param name="Quantity">Lots that it shows.</param>
internal readonly record struct OrderLine(OrderId Order, Side Side, Price Price, Quantity Quantity);
