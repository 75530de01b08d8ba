using System.Diagnostics.Metrics;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Metrics;

/// <summary>Books and trades per instrument, as of one entry. A scrape first asks the replica, then shows.</summary>
internal sealed class MarketGauges
{
    // A scrape that the replica cannot serve in this time shows everything else without it.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly IReplicaReader _reader;
    private readonly EventFeed _feed;
    private readonly TimeProvider _time;
    private volatile IReadOnlyList<BookSizeView> _books = [];

    /// <summary>Adds them to a meter.</summary>
    public MarketGauges(NodeMeter node, IReplicaReader reader, EventFeed feed, TimeProvider time)
    {
        _reader = reader;
        _feed = feed;
        _time = time;
        node.Meter.CreateObservableGauge("rb_orders_open", Orders, null, "Open orders in a book.");
        node.Meter.CreateObservableGauge(
            "rb_book_levels", Levels, null, "Prices with open orders, per side of a book.");
        node.Meter.CreateObservableCounter(
            "rb_trades", Trades, null,
            "Trades that this replica applied since its process began; a snapshot's are not among them.");
    }

    /// <summary>Looks at the books; without an answer in time there is nothing to show.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            _books = (await _reader.ReadAsync(static exchange => exchange.BookSizes(), both.Token)).Value;
        }
        catch (Exception failure) when (failure is OperationCanceledException or ReplicaStoppedException)
        {
            _books = [];
        }
    }

    private IEnumerable<Measurement<long>> Orders() =>
        _books.Select(book => new Measurement<long>(book.OpenOrders, Instrument(book)));

    private IEnumerable<Measurement<long>> Levels() => _books.SelectMany(book => (IEnumerable<Measurement<long>>)
    [
        new(book.BidLevels, Instrument(book), new("side", "buy")),
        new(book.AskLevels, Instrument(book), new("side", "sell")),
    ]);

    private IEnumerable<Measurement<long>> Trades() =>
        _books.Select(book => new Measurement<long>(_feed.Trades.Of(book.Instrument), Instrument(book)));

    private static KeyValuePair<string, object?> Instrument(BookSizeView book) => new("instrument", book.Symbol);
}
