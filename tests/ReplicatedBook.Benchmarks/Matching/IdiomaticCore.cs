namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>The reference book alone: no accounts, no events but reports.</summary>
/// <param name="operations">What it runs.</param>
/// <param name="books">How many books there are.</param>
/// <param name="reports">Where it reports.</param>
internal sealed class IdiomaticCore(Operation[] operations, int books, ReportRing reports) : IReportingCore
{
    private ReferenceBook[] _books = NewBooks(books, reports);

    /// <inheritdoc/>
    public string Name => "idiomatic book (SortedDictionary, LinkedList)";

    /// <inheritdoc/>
    public ReportRing Reports => reports;

    /// <inheritdoc/>
    public void Prepare() => _books = NewBooks(books, reports);

    /// <inheritdoc/>
    public void Run(int start, int count)
    {
        var all = _books;
        for (var i = start; i < start + count; i++)
        {
            ref readonly var operation = ref operations[i];
            all[operation.Book].Apply(in operation, i);
        }
    }

    /// <inheritdoc/>
    public List<RestingOrder> Resting() =>
    [
        .. _books[0].Resting(isBuy: true).Concat(_books[0].Resting(isBuy: false))
            .Select(order => new RestingOrder(order.IsBuy, order.Price, order.Id, order.Lots)),
    ];

    private static ReferenceBook[] NewBooks(int books, ReportRing reports) =>
        [.. Enumerable.Range(0, books).Select(_ => new ReferenceBook(reports))];
}
