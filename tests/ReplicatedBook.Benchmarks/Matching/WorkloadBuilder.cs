namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>Makes a workload: carries out what is drawn on a simple matcher at once, so that cancels and replacements
/// name orders that rest.</summary>
internal sealed class WorkloadBuilder
{
    private readonly ReportRing _reports = new(ReportRing.UsualCapacity);
    private readonly Operation[] _operations;
    private readonly ReferenceBook[] _books;
    private readonly LiveOrders[] _live;
    private int _orders;
    private int _levels;
    private int _peakOrders;
    private int _peakLevels;

    /// <summary>Nothing yet.</summary>
    /// <param name="operations">How many there are to be.</param>
    /// <param name="books">How many books.</param>
    public WorkloadBuilder(int operations, int books = 1)
    {
        _operations = new Operation[operations];
        _live = [.. Enumerable.Range(0, books).Select(_ => new LiveOrders())];
        _books = [.. _live.Select(live => new ReferenceBook(_reports, live))];
    }

    /// <summary>Operations so far.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there are as many as there are to be.</summary>
    public bool IsFull => Count == _operations.Length;

    /// <summary>Orders placed so far; they have the ids 1, 2, 3, ...</summary>
    public long LastOrder { get; private set; }

    public ReferenceBook Book(int book = 0) => _books[book];

    public LiveOrders Live(int book = 0) => _live[book];

    public void Place(bool isBuy, long price, long lots, int book = 0) =>
        Add(Operation.Place(++LastOrder, isBuy, price, lots, book));

    public void PlaceImmediate(bool isBuy, long price, long lots, int book = 0) =>
        Add(Operation.Immediate(++LastOrder, isBuy, price, lots, book));

    public void Cancel(long order, int book = 0) => Add(Operation.Cancel(order, book));

    /// <summary>Gives an order that rests another price; its lots stay.</summary>
    public void Move(ReferenceOrder order, long price, int book = 0) =>
        Add(Operation.Replace(order.Id, order.IsBuy, price, order.Lots, book));

    public Workload Build(string name) => new(
        name, _operations, _books.Length,
        new Totals(_books.Sum(book => book.Trades), _books.Sum(book => book.Lots), _books.Sum(book => book.Notional)),
        _peakOrders, _peakLevels);

    private void Add(in Operation operation)
    {
        var book = _books[operation.Book];
        var (orders, levels) = (book.Orders, book.Levels);
        book.Apply(in operation, Count);
        _operations[Count++] = operation;
        _peakOrders = Math.Max(_peakOrders, _orders += book.Orders - orders);
        _peakLevels = Math.Max(_peakLevels, _levels += book.Levels - levels);
    }
}
