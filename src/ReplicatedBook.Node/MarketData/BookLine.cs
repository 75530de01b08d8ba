using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.MarketData;

/// <summary>One price of a side of a book, as followers are told it.</summary>
/// <param name="Price">The price.</param>
/// <param name="Quantity">All lots that are shown there; zero where there are none any more.</param>
/// <param name="Orders">How many orders; zero with the quantity.</param>
internal readonly record struct BookLine(Price Price, Quantity Quantity, long Orders);
