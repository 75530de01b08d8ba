using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.MarketData;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>How much of a book is asked for (API.md 2.7).</summary>
/// <param name="Depth">Most prices of a side.</param>
/// <param name="WithOrders">Single orders instead of prices.</param>
internal readonly record struct BookExtent(int Depth, bool WithOrders)
{
    private static readonly IntegerParameter LevelParameter = new(
        "level", "1: the best only; 2: by price; 3: every order in priority order.", 1, 3, 2);

    private static readonly IntegerParameter DepthParameter = new(
        "depth", "Most prices of a side; not with level 1.", 1, 1_000, 20);

    /// <summary>The parameters of every book.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } = [LevelParameter, DepthParameter];

    /// <summary>Levels to read: the checksum covers the top ones however few are asked for.</summary>
    public int Levels => Math.Max(Depth, BookChecksum.Levels);

    public static BookExtent Read(QueryReader query)
    {
        var level = query.IntegerOrStandard(LevelParameter);
        var given = query.Integer(DepthParameter);
        if (given is not null && level == 1)
        {
            query.Refuse(DepthParameter.Name, "level 1 is the best only");
        }

        return new BookExtent(
            level == 1 ? 1 : (int)(given ?? DepthParameter.Standard!.Value), WithOrders: level == 3);
    }

    /// <summary>One side of a book that was read with <see cref="Levels"/>.</summary>
    public IReadOnlyList<BookLevel> Side(
        IReadOnlyList<RestingOrderView> orders, IReadOnlyList<LevelView> levels, InstrumentTerms terms) =>
        WithOrders ? Orders(orders, levels, terms) : Prices(levels, terms);

    private BookLevel[] Prices(IReadOnlyList<LevelView> levels, InstrumentTerms terms)
    {
        var shown = new BookLevel[Math.Min(Depth, levels.Count)];
        for (var i = 0; i < shown.Length; i++)
        {
            var level = levels[i];
            shown[i] = new BookLevel(terms.Format(level.Price), terms.Format(level.Quantity), level.OrderCount, null);
        }

        return shown;
    }

    private List<BookLevel> Orders(
        IReadOnlyList<RestingOrderView> orders, IReadOnlyList<LevelView> levels, InstrumentTerms terms)
    {
        var count = 0;
        for (var i = 0; i < Math.Min(Depth, levels.Count); i++)
        {
            count += levels[i].OrderCount;
        }

        var shown = new List<BookLevel>(count);
        for (var i = 0; i < count; i++)
        {
            var order = orders[i];
            shown.Add(new BookLevel(
                terms.Format(order.Price), terms.Format(order.Remaining), 0, IdText.Of(order.Order)));
        }

        return shown;
    }
}
