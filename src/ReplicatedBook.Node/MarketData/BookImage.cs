using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary>A book with all its orders as a query copies them, to begin a mirror with.</summary>
/// <param name="Book">Every level and order that rests, in the book's terms and in priority order.</param>
/// <param name="Orders">The same orders with what the book does not show, and those that wait for a stop price, each in
/// the terms of its own instrument.</param>
internal sealed record BookImage(BookView Book, IReadOnlyList<OrderView> Orders)
{
    /// <summary>Copies a book; to be called in a query.</summary>
    /// <param name="exchange">The state.</param>
    /// <param name="instruments">All whose orders stand in the book; the first is the book's own.</param>
    /// <returns>Null when the instrument does not exist.</returns>
    public static BookImage? Of(Exchange exchange, IReadOnlyList<InstrumentTerms> instruments)
    {
        if (exchange.Book(instruments[0].Id, int.MaxValue, withOrders: true) is not { } book)
        {
            return null;
        }

        var orders = new List<OrderView>();
        foreach (var instrument in instruments)
        {
            orders.AddRange(exchange.OpenOrders(instrument.Id));
        }

        return new BookImage(book, orders);
    }
}
