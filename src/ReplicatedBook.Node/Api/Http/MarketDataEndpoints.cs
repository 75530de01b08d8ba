using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes of books, trades and tickers, all from memory (API.md 2.7).</summary>
internal sealed class MarketDataEndpoints(Reads reads, Catalog catalog, Answers answers)
{
    private static readonly IntegerParameter Level = new(
        "level", "1: the best only; 2: by price; 3: every order in priority order.", 1, 3, 2);

    private static readonly IntegerParameter Depth = new(
        "depth", "Most prices of a side; not with level 1.", 1, 1_000, 20);

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/instruments/{symbol}/book", (RequestDelegate)GetBookAsync).Describe<BookResponse>(
            "GetBook", "The book, by level or by order.", 200,
            RouteContract.Read(Level, Depth).Refuses(ProblemCodes.NotFound));
        v1.MapGet("/instruments/{symbol}/trades", (RequestDelegate)ListTradesAsync).Describe<Page<TradeResponse>>(
            "ListTrades", "The trades that are still kept.", 200,
            RouteContract.Read(ListOptions.Parameters).Refuses(ProblemCodes.NotFound));
        v1.MapGet("/instruments/{symbol}/ticker", (RequestDelegate)GetTickerAsync).Describe<TickerResponse>(
            "GetTicker", "The last day in numbers.", 200, RouteContract.Read().Refuses(ProblemCodes.NotFound));
    }

    private async Task GetBookAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        var level = query.IntegerOrStandard(Level);
        var given = query.Integer(Depth);
        if (given is not null && level == 1)
        {
            query.Refuse("depth", "level 1 is the best only");
        }

        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var depth = level == 1 ? 1 : (int)(given ?? Depth.Standard!.Value);
        var symbol = RouteText.Of(http, "symbol");
        // The checksum covers the top levels however few are asked for.
        var levels = Math.Max(depth, BookChecksum.Levels);
        var reading = await reads.RunAsync(http, options, exchange => exchange.FindInstrument(symbol) is { } found
            ? (Instrument: found, Book: exchange.Book(found.Id, levels, withOrders: level == 3))
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
                level == 3 ? Orders(book!.BidOrders, book.Bids, depth, terms) : Levels(book!.Bids, depth, terms),
                level == 3 ? Orders(book.AskOrders, book.Asks, depth, terms) : Levels(book.Asks, depth, terms),
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
            http, StatusCodes.Status200OK, Ticker(catalog.Keep(instrument), read.Value.Ticker!, read),
            ResponseJson.Default.TickerResponse);
    }

    private static TickerResponse Ticker<T>(InstrumentTerms terms, TickerView ticker, Reading<T> reading) => new(
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

    private static BookLevel[] Levels(IReadOnlyList<LevelView> levels, int depth, InstrumentTerms terms)
    {
        var shown = new BookLevel[Math.Min(depth, levels.Count)];
        for (var i = 0; i < shown.Length; i++)
        {
            var level = levels[i];
            shown[i] = new BookLevel(terms.Format(level.Price), terms.Format(level.Quantity), level.OrderCount, null);
        }

        return shown;
    }

    private static List<BookLevel> Orders(
        IReadOnlyList<RestingOrderView> orders, IReadOnlyList<LevelView> levels, int depth, InstrumentTerms terms)
    {
        var count = 0;
        for (var i = 0; i < Math.Min(depth, levels.Count); i++)
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

    private static ApiProblem NoInstrument(string symbol) =>
        Problems.NotFound(IdText.IsId(symbol) ? $"no instrument {symbol}" : "no such instrument");
}
