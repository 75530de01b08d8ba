using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes of books, trades and tickers, all from memory (API.md 2.7).</summary>
internal sealed class MarketDataEndpoints(Reads reads, Catalog catalog, Answers answers)
{
    public void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/instruments/{symbol}/book", (RequestDelegate)GetBookAsync).For(RoutePolicy.Public)
            .Describe<BookResponse>(
                "GetBook", "The book, by level or by order.", 200,
                RouteContract.Read(BookExtent.Parameters).Refuses(ProblemCodes.NotFound));
        v1.MapGet("/instruments/{symbol}/trades", (RequestDelegate)ListTradesAsync).For(RoutePolicy.Public)
            .Describe<Page<TradeResponse>>(
                "ListTrades", "The trades that are still kept.", 200,
                RouteContract.Read(ListOptions.Parameters).Refuses(ProblemCodes.NotFound));
        v1.MapGet("/instruments/{symbol}/ticker", (RequestDelegate)GetTickerAsync).For(RoutePolicy.Public)
            .Describe<TickerResponse>(
                "GetTicker", "The last day in numbers.", 200, RouteContract.Read().Refuses(ProblemCodes.NotFound));
    }

    private async Task GetBookAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        var extent = BookExtent.Read(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var symbol = RouteText.Of(http, "symbol");
        var reading = await reads.RunAsync(http, options, exchange => exchange.FindInstrument(symbol) is { } found
            ? (Instrument: found, Book: exchange.Book(found.Id, extent.Levels, extent.WithOrders))
            : default);
        if (reading is not { } read)
        {
            return;
        }

        var (instrument, book) = read.Value;
        if (instrument is null)
        {
            answers.Write(http, NoInstrument(symbol));
            return;
        }

        var terms = catalog.Keep(instrument);
        answers.Write(
            http, StatusCodes.Status200OK,
            new BookResponse(
                symbol,
                read.Index,
                TimeText.Of(read.At),
                extent.Side(book!.BidOrders, book.Bids, terms),
                extent.Side(book.AskOrders, book.Asks, terms),
                BookChecksum.Of(book, terms)),
            ResponseJson.Default.BookResponse);
    }

    private async Task ListTradesAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        var list = ListOptions.Read(query);
        if (list.IsAscending)
        {
            query.Refuse("order", "trades are listed newest first; the feed lists them oldest first");
        }

        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        // Trades never change and their ids grow, so going down from an id is one picture whatever happened since.
        var symbol = RouteText.Of(http, "symbol");
        var before = new TradeId(list.Cursor?.Position ?? 0);
        var reading = await reads.RunAsync(http, options, exchange => exchange.FindInstrument(symbol) is { } found
            ? (Instrument: found, Trades: exchange.Trades(found.Id, before, list.Limit + 1))
            : default);
        if (reading is not { } read)
        {
            return;
        }

        var (instrument, trades) = read.Value;
        if (instrument is null)
        {
            answers.Write(http, NoInstrument(symbol));
            return;
        }

        var terms = catalog.Keep(instrument);
        var items = new TradeResponse[Math.Min(trades!.Count, list.Limit)];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Shapes.Of(trades[i], terms);
        }

        var next = trades.Count > list.Limit
            ? list.NextCursor(read.Index, trades[list.Limit - 1].Id.Value, trades[0].Id.Value)
            : null;
        answers.Write(
            http, StatusCodes.Status200OK, new Page<TradeResponse>(items, next),
            ResponseJson.Default.PageTradeResponse);
    }

    private async Task GetTickerAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var symbol = RouteText.Of(http, "symbol");
        var reading = await reads.RunAsync(http, options, exchange => exchange.FindInstrument(symbol) is { } found
            ? (Instrument: found, Ticker: exchange.Ticker(found.Id))
            : default);
        if (reading is not { } read)
        {
            return;
        }

        if (read.Value.Instrument is not { } instrument)
        {
            answers.Write(http, NoInstrument(symbol));
            return;
        }

        answers.Write(
            http, StatusCodes.Status200OK, Of(read.Value.Ticker!, catalog.Keep(instrument), read),
            ResponseJson.Default.TickerResponse);
    }

    /// <summary>A ticker as clients see it.</summary>
    /// <param name="ticker">The ticker.</param>
    /// <param name="terms">Of its instrument.</param>
    /// <param name="reading">What it was read with.</param>
    internal static TickerResponse Of<T>(TickerView ticker, InstrumentTerms terms, in Reading<T> reading) => new(
        terms.Symbol,
        reading.Index,
        TimeText.Of(reading.At),
        Text(ticker.Last, terms),
        Text(ticker.BestBid?.Price, terms),
        ticker.BestBid is { } bid ? terms.Format(bid.Quantity) : null,
        Text(ticker.BestAsk?.Price, terms),
        ticker.BestAsk is { } ask ? terms.Format(ask.Quantity) : null,
        Text(ticker.Open, terms),
        Text(ticker.High, terms),
        Text(ticker.Low, terms),
        terms.Format(ticker.Volume),
        ticker is { Last: { } last, Open: { } open } ? terms.Format(new Price(last.Ticks - open.Ticks)) : null);

    private static string? Text(Price? price, InstrumentTerms terms) =>
        price is { } known ? terms.Format(known) : null;

    private static ApiProblem NoInstrument(string symbol) =>
        Problems.NotFound(IdText.IsId(symbol) ? $"no instrument {symbol}" : "no such instrument");
}
