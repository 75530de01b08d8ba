using System.Buffers;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes that open, pause and end prediction markets (API.md 2.4).</summary>
internal sealed class MarketEndpoints(Writes writes, Lookup lookup, Answers answers, NodeSettings settings)
{
    private readonly int _maxBodyBytes = settings.Limits.MaxBodyBytes;

    public void Map(RouteGroupBuilder v1)
    {
        var contract = RouteContract.Write().LooksUp().Takes(VersionTag.IfMatch).Refuses(
            ProblemCodes.VersionMismatch, ProblemCodes.AlreadyResolved, ProblemCodes.MarketStateConflict);
        v1.MapPost("/markets/{market_id}/status", (RequestDelegate)SetStatusAsync).For(RoutePolicy.Admin)
            .Describe<MarketStatusRequest, MarketResponse>(
                "SetMarketStatus", "Makes a market active, pauses it, or closes it.", 200, contract);
        v1.MapPost("/markets/{market_id}/close", (RequestDelegate)CloseAsync).For(RoutePolicy.Admin)
            .Describe<MarketResponse>(
                "CloseMarket", "Ends trading: all open orders are canceled.", 200, contract);
        v1.MapPost("/markets/{market_id}/resolve", (RequestDelegate)ResolveAsync).For(RoutePolicy.Admin)
            .Describe<ResolveMarketRequest, MarketResponse>(
                "ResolveMarket", "Says once what each outcome pays, and pays every holder.", 200,
                contract.Refuses(ProblemCodes.MissingField, ProblemCodes.InvalidOutcome));
        v1.MapPost("/markets/{market_id}/void", (RequestDelegate)VoidAsync).For(RoutePolicy.Admin)
            .Describe<MarketResponse>(
                "VoidMarket", "Ends a market as if it had never counted: sets are repaid, other shares at their cost.",
                200, contract);
    }

    private async Task SetStatusAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.MarketStatusRequest, _maxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        PredictionMarketStatus? status = body.Value!.Status switch
        {
            "active" => PredictionMarketStatus.Active,
            "paused" => PredictionMarketStatus.Paused,
            "closed" => PredictionMarketStatus.Closed,
            _ => null,
        };
        if (status is { } known)
        {
            await SetStatusAsync(http, options, known);
        }
        else
        {
            answers.Write(http, ApiProblem.OfField(
                ProblemCodes.InvalidField, "status", "status must be one of active, paused, closed"));
        }
    }

    private Task CloseAsync(HttpContext http) =>
        writes.Begin(http, new QueryReader(http.Request)) is { } options
            ? SetStatusAsync(http, options, PredictionMarketStatus.Closed)
            : Task.CompletedTask;

    private Task SetStatusAsync(HttpContext http, WriteOptions options, PredictionMarketStatus status) =>
        SubmitAsync(http, options, (market, version) =>
        {
            var command = new SetPredictionMarketStatus(market.Id, status, version);
            return (buffer, header) => CommandCodec.Write(buffer, header, command);
        });

    private async Task ResolveAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.ResolveMarketRequest, _maxBodyBytes);
        if (answers.Refuse(http, body.Problem ?? Check(body.Value!)))
        {
            return;
        }

        var request = body.Value!;
        await SubmitAsync(http, options, (market, version) =>
        {
            IReadOnlyList<long> parts = [];
            if (request.Payouts is { } payouts
                && answers.Refuse(http, PayoutBinder.ToParts(payouts, market, out parts)))
            {
                return null;
            }

            var command = new ResolvePredictionMarket(market.Id, request.Outcome ?? "", parts, version);
            return (buffer, header) => CommandCodec.Write(buffer, header, command);
        });
    }

    private Task VoidAsync(HttpContext http) =>
        writes.Begin(http, new QueryReader(http.Request)) is not { } options
            ? Task.CompletedTask
            : SubmitAsync(http, options, (market, version) =>
            {
                var command = new VoidPredictionMarket(market.Id, version);
                return (buffer, header) => CommandCodec.Write(buffer, header, command);
            });

    private static ApiProblem? Check(ResolveMarketRequest request)
    {
        var defects = new Defects();
        if (request is { Outcome: null, Payouts: null })
        {
            defects.Missing("outcome");
        }
        else if (request is { Outcome: not null, Payouts: not null })
        {
            defects.Invalid("payouts", "payouts do not go with outcome");
        }
        else if (request.Outcome is { } outcome)
        {
            EventTexts.CheckOutcomeId(outcome, "outcome", defects);
        }

        return defects.ToProblem();
    }

    /// <summary>Finds the market of the path, and submits what is to be done with it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="options">As taken from it.</param>
    /// <param name="commandFor">The command for the market and the version that it must have; null when a problem was
    /// answered instead.</param>
    private async Task SubmitAsync(
        HttpContext http, WriteOptions options,
        Func<MarketTerms, long, Action<IBufferWriter<byte>, CommandHeader>?> commandFor)
    {
        var defects = new Defects();
        var version = VersionTag.Expected(http.Request, defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        var found = await lookup.MarketAsync(RouteText.Of(http, "market_id"), options.Timeout);
        if (answers.Refuse(http, found.Failure) || commandFor(found.Value!, version) is not { } encode)
        {
            return;
        }

        if (await writes.SubmitAsync(http, options, WriteTraits.None, Writes.NoAccount, encode) is { } written)
        {
            var view = written.Outcome.PredictionMarket!;
            VersionTag.Write(http.Response, view.Version);
            answers.Write(
                http, StatusCodes.Status200OK, MarketShapes.Of(view, written.Receipt),
                ResponseJson.Default.MarketResponse);
        }
    }
}
