using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes that turn collateral into complete sets and back (API.md 2.4).</summary>
internal sealed class SetEndpoints(
    Writes writes, Lookup lookup, Catalog catalog, Answers answers, NodeSettings settings)
{
    public void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/markets/{market_id}/split", (RequestDelegate)SplitAsync).For(RoutePolicy.Trader)
            .Describe<SetRequest, SetResponse>(
                "SplitSet", "Turns collateral into one share of each outcome per unit.", 201,
                RouteContract.Write().LooksUp().Refuses(
                    ProblemCodes.InvalidLot, ProblemCodes.InsufficientFunds, ProblemCodes.MaxQuantity,
                    ProblemCodes.AlreadyResolved, ProblemCodes.MarketStateConflict));
        v1.MapPost("/markets/{market_id}/merge", (RequestDelegate)MergeAsync).For(RoutePolicy.Trader)
            .Describe<SetRequest, SetResponse>(
                "MergeSet", "Turns one share of each outcome into a unit of collateral.", 201,
                RouteContract.Write().LooksUp().Refuses(
                    ProblemCodes.InvalidLot, ProblemCodes.InsufficientFunds, ProblemCodes.AlreadyResolved));
    }

    private Task SplitAsync(HttpContext http) => MoveAsync(http, isSplit: true);

    private Task MergeAsync(HttpContext http) => MoveAsync(http, isSplit: false);

    private async Task MoveAsync(HttpContext http, bool isSplit)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.SetRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        var request = body.Value!;
        var defects = new Defects();
        var account = OrderBinder.Account(request.AccountId, "account_id", defects);
        OrderBinder.CheckPositive(request.Quantity, "quantity", defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        var found = await lookup.MarketAsync(RouteText.Of(http, "market_id"), options.Timeout);
        if (answers.Refuse(http, found.Failure)
            || answers.Refuse(http, OrderBinder.ToLots(
                request.Quantity, "quantity", found.Value!.Outcomes[0], out var quantity)))
        {
            return;
        }

        var market = found.Value.Id;
        if (await writes.SubmitAsync(http, options, WriteTraits.None, account, (buffer, header) =>
        {
            if (isSplit)
            {
                CommandCodec.Write(buffer, header, new SplitSet(account, market, quantity));
            }
            else
            {
                CommandCodec.Write(buffer, header, new MergeSet(account, market, quantity));
            }
        }) is { } written)
        {
            answers.Write(
                http, StatusCodes.Status201Created,
                MarketShapes.Of(written.Outcome.Set!, catalog, written.Receipt), ResponseJson.Default.SetResponse);
        }
    }
}
