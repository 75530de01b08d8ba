using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes that read prediction markets and their books (API.md 2.4).</summary>
internal sealed class MarketQueries(Reads reads, Catalog catalog, Answers answers)
{
    private static readonly TextParameter Outcome = new(
        "outcome", "Only the book of this outcome: its id. Without it those of all.");

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/markets/{market_id}", (RequestDelegate)GetAsync).For(RoutePolicy.Public).Describe<MarketResponse>(
            "GetMarket", "One prediction market.", 200, RouteContract.Read().Refuses(ProblemCodes.NotFound));
        v1.MapGet("/markets/{market_id}/book", (RequestDelegate)GetBookAsync).For(RoutePolicy.Public)
            .Describe<MarketBookResponse>(
                "GetMarketBook", "The books of all outcomes, or of one, each in its own terms.", 200,
                RouteContract.Read([Outcome, .. BookExtent.Parameters]).Refuses(
                    ProblemCodes.NotFound, ProblemCodes.InvalidOutcome));
    }

    private async Task GetAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var id = RouteText.Of(http, "market_id");
        if (await reads.RunAsync(http, options, exchange => exchange.FindPredictionMarket(id)) is not { } reading)
        {
            return;
        }

        if (reading.Value is { } view)
        {
            VersionTag.Write(http.Response, view.Version);
            answers.Write(
                http, StatusCodes.Status200OK, MarketShapes.Of(view), ResponseJson.Default.MarketResponse);
        }
        else
        {
            answers.Write(http, NoMarket);
        }
    }

    private async Task GetBookAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        var outcome = query.Text(Outcome);
        var extent = BookExtent.Read(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var id = RouteText.Of(http, "market_id");
        if (await reads.RunAsync(http, options, exchange => BooksOf(exchange, id, outcome, extent)) is not { } read)
        {
            return;
        }

        if (read.Value is not { } books)
        {
            answers.Write(http, NoMarket);
            return;
        }

        var shown = books.ConvertAll(book => Of(book.Instrument, book.Book, extent));
        var response = new MarketBookResponse(id, read.Index, TimeText.Of(read.At));
        if (outcome is null)
        {
            response = response with { Outcomes = shown };
        }
        else if (shown is [var one])
        {
            response = response with
            {
                Outcome = one.Outcome,
                Instrument = one.Instrument,
                LastPrice = one.LastPrice,
                Bids = one.Bids,
                Asks = one.Asks,
                Checksum = one.Checksum,
            };
        }
        else
        {
            answers.Write(http, ApiProblem.OfField(
                ProblemCodes.InvalidOutcome, Outcome.Name, "the market has no such outcome"));
            return;
        }

        answers.Write(http, StatusCodes.Status200OK, response, ResponseJson.Default.MarketBookResponse);
    }

    private static ApiProblem NoMarket => Problems.NotFound("no such market");

    /// <summary>The books asked for, in order of outcome; none where there is no such outcome, null where there is no
    /// such market.</summary>
    private static List<(InstrumentView Instrument, BookView Book)>? BooksOf(
        Exchange exchange, string market, string? outcome, BookExtent extent)
    {
        if (Lookup.InstrumentsOf(exchange, market) is not { } instruments)
        {
            return null;
        }

        var books = new List<(InstrumentView, BookView)>();
        foreach (var instrument in instruments)
        {
            if (outcome is null || instrument.Symbol == $"{market}:{outcome}")
            {
                books.Add((instrument, exchange.Book(instrument.Id, extent.Levels, extent.WithOrders)!));
            }
        }

        return books;
    }

    private OutcomeBook Of(InstrumentView instrument, BookView book, BookExtent extent)
    {
        var terms = catalog.Keep(instrument);
        return new OutcomeBook(
            terms.Outcome!.Outcome,
            terms.Symbol,
            instrument.LastPrice is { } last ? terms.Format(last) : null,
            extent.Side(book.BidOrders, book.Bids, terms),
            extent.Side(book.AskOrders, book.Asks, terms),
            BookChecksum.Of(book, terms));
    }
}
