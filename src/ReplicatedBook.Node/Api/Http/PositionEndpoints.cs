using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes of what an account holds and what it is worth (API.md 2.2).</summary>
internal sealed class PositionEndpoints(Reads reads, Catalog catalog, Answers answers)
{
    public void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/accounts/{account_id}/positions", (RequestDelegate)GetPositionsAsync).For(RoutePolicy.User)
            .Describe<PositionsResponse>(
                "GetPositions", "What an account holds of prediction markets, and what it is worth.", 200,
                RouteContract.Read().Refuses(ProblemCodes.NotFound));
        v1.MapGet("/accounts/{account_id}/portfolio", (RequestDelegate)GetPortfolioAsync).For(RoutePolicy.User)
            .Describe<PortfolioResponse>(
                "GetPortfolio", "All that an account has, at one index.", 200,
                RouteContract.Read().Refuses(ProblemCodes.NotFound));
    }

    private async Task GetPositionsAsync(HttpContext http)
    {
        if (await ReadAsync(http) is { } read)
        {
            var found = read.Value!;
            answers.Write(
                http, StatusCodes.Status200OK, new PositionsResponse(PositionsOf(found), TotalsOf(found)),
                ResponseJson.Default.PositionsResponse);
        }
    }

    private async Task GetPortfolioAsync(HttpContext http)
    {
        if (await ReadAsync(http) is { } read)
        {
            var found = read.Value!;
            answers.Write(
                http, StatusCodes.Status200OK,
                new PortfolioResponse(
                    IdText.Of(found.Portfolio.Account), read.Index, TimeText.Of(read.At),
                    [.. found.Portfolio.Balances.Select(
                        balance => Shapes.Of(balance, found.Assets[balance.Asset.Value - 1]))],
                    PositionsOf(found), TotalsOf(found)),
                ResponseJson.Default.PortfolioResponse);
        }
    }

    /// <summary>Reads the portfolio of the account in the path, with the names in it.</summary>
    /// <returns>None when a problem was answered instead; else its value is set.</returns>
    private async ValueTask<Reading<Holdings?>?> ReadAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return null;
        }

        var account = IdText.ToAccount(RouteText.Of(http, "account_id")) ?? default;
        var caller = http.Caller();
        var reading = await reads.RunAsync(http, options, exchange => HoldingsOf(exchange, caller, account));
        if (reading is { Value: null })
        {
            answers.Write(http, Problems.NotFound("no such account"));
            return null;
        }

        return reading;
    }

    private static Holdings? HoldingsOf(Exchange exchange, Caller caller, AccountId account) =>
        exchange.Shows(caller, account) && exchange.Portfolio(account) is { } portfolio
            ? new Holdings(
                portfolio, exchange.Assets,
                [.. portfolio.Positions.Select(position => exchange.FindInstrument(position.Instrument)!)])
            : null;

    private PositionResponse[] PositionsOf(Holdings found)
    {
        var items = new PositionResponse[found.Instruments.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = PositionShapes.Of(found.Portfolio.Positions[i], catalog.Keep(found.Instruments[i]));
        }

        return items;
    }

    private static PortfolioTotal[] TotalsOf(Holdings found) =>
        [.. found.Portfolio.Totals.Select(total => PositionShapes.Of(total, found.Assets[total.Asset.Value - 1]))];

    /// <summary>A portfolio with what it names; the instruments are those of its positions.</summary>
    private sealed record Holdings(
        PortfolioView Portfolio, IReadOnlyList<AssetView> Assets, IReadOnlyList<InstrumentView> Instruments);
}
