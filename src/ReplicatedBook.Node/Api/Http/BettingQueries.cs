using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes that read betting markets, their books and their trades (API.md 2.5).</summary>
internal sealed class BettingQueries(Reads reads, Catalog catalog, Answers answers)
{
    /// <summary>What is said of a market that is not there.</summary>
    public const string Absent = "no such betting market";

    private static readonly WordParameter State = new(
        "state", "Only markets in this state.", null, EnumText.BettingStates);

    private static readonly WordParameter Phase = new(
        "phase", "Only markets in this phase.", null, EnumText.BettingPhases);

    private static readonly TextParameter Text = new("q", "Only markets whose name contains this.");

    private static readonly IntegerParameter Depth = new("depth", "Most odds of a side of a runner.", 1, 350, 20);

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/betting/markets", (RequestDelegate)ListAsync).For(RoutePolicy.Public)
            .Describe<Page<BettingMarketResponse>>(
                "ListBettingMarkets", "All betting markets that fit.", 200,
                RouteContract.Read([State, Phase, Text, .. ListOptions.Parameters]));
        v1.MapGet("/betting/markets/{market_id}", (RequestDelegate)GetAsync).For(RoutePolicy.Public)
            .Describe<BettingMarketResponse>(
                "GetBettingMarket", "One betting market.", 200, RouteContract.Read().Refuses(ProblemCodes.NotFound));
        v1.MapGet("/betting/markets/{market_id}/book", (RequestDelegate)GetBookAsync).For(RoutePolicy.Public)
            .Describe<BettingBookResponse>(
                "GetBettingBook", "The unmatched bets on every runner, by odds.", 200,
                RouteContract.Read(Depth).Refuses(ProblemCodes.NotFound));
        v1.MapGet("/betting/markets/{market_id}/trades", (RequestDelegate)ListTradesAsync).For(RoutePolicy.Public)
            .Describe<Page<BetTradeResponse>>(
                "ListBetTrades", "The trades that are still kept.", 200,
                RouteContract.Read(ListOptions.Parameters).Refuses(ProblemCodes.NotFound));
    }

    private async Task ListAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        var list = ListOptions.Read(query);
        var (state, phase, text) = (query.Word(State), query.Word(Phase), query.Text(Text) ?? "");
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        // Markets change, so later pages are read as of the index of the first.
        options = list.Cursor is { } cursor ? options with { AtIndex = cursor.Index } : options;
        if (await reads.RunAsync(http, options, static exchange => exchange.BettingMarkets) is not { } reading)
        {
            return;
        }

        var all = reading.Value;
        var items = new List<BettingMarketResponse>();
        string? next = null;
        var last = 0L;
        foreach (var number in list.Numbers(all.Count))
        {
            var view = all[(int)number - 1];
            if ((state is not null && EnumText.Of(view.State) != state)
                || (phase is not null && EnumText.Of(view.Phase) != phase)
                || !view.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (items.Count == list.Limit)
            {
                next = list.NextCursor(reading.Index, last, all.Count);
                break;
            }

            last = number;
            items.Add(BettingShapes.Of(view));
        }

        answers.Write(
            http, StatusCodes.Status200OK, new Page<BettingMarketResponse>(items, next),
            ResponseJson.Default.PageBettingMarketResponse);
    }

    private async Task GetAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var market = MarketOf(http);
        if (await reads.RunAsync(http, options, exchange => exchange.FindBettingMarket(market)) is not { } reading)
        {
            return;
        }

        if (reading.Value is { } view)
        {
            catalog.Keep(view);
            VersionTag.Write(http.Response, view.Version);
            answers.Write(
                http, StatusCodes.Status200OK, BettingShapes.Of(view), ResponseJson.Default.BettingMarketResponse);
        }
        else
        {
            answers.Write(http, Problems.NotFound(Absent));
        }
    }

    private async Task GetBookAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        var depth = (int)query.IntegerOrStandard(Depth);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var market = MarketOf(http);
        var reading = await reads.RunAsync(
            http, options,
            exchange => (Market: exchange.FindBettingMarket(market), Book: exchange.BettingBook(market, depth)));
        if (reading is not { } read)
        {
            return;
        }

        if (read.Value is not { Market: { } view, Book: { } book })
        {
            answers.Write(http, Problems.NotFound(Absent));
            return;
        }

        answers.Write(
            http, StatusCodes.Status200OK, BettingShapes.Of(read, book, catalog.Keep(view)),
            ResponseJson.Default.BettingBookResponse);
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

        // A trade may be voided between two pages, so later ones are read as of the index of the first.
        options = list.Cursor is { } cursor ? options with { AtIndex = cursor.Index } : options;
        var market = MarketOf(http);
        var before = new TradeId(list.Cursor?.Position ?? 0);
        var reading = await reads.RunAsync(http, options, exchange => (
            Market: exchange.FindBettingMarket(market),
            Trades: exchange.BetTrades(market, before, list.Limit + 1)));
        if (reading is not { } read)
        {
            return;
        }

        if (read.Value.Market is not { } view)
        {
            answers.Write(http, Problems.NotFound(Absent));
            return;
        }

        var (terms, trades) = (catalog.Keep(view), read.Value.Trades);
        var items = trades.Take(list.Limit).Select(trade => BettingShapes.Of(trade, terms)).ToArray();
        var next = trades.Count > list.Limit
            ? list.NextCursor(read.Index, trades[list.Limit - 1].Id.Value, trades[0].Id.Value)
            : null;
        answers.Write(
            http, StatusCodes.Status200OK, new Page<BetTradeResponse>(items, next),
            ResponseJson.Default.PageBetTradeResponse);
    }

    /// <summary>The market that the path names; 0, which is none's, for a text that no market can have.</summary>
    private static BettingMarketId MarketOf(HttpContext http) =>
        IdText.ToBettingMarket(RouteText.Of(http, "market_id")) ?? default;
}
