using System.Buffers;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes that create, change and delete events (API.md 2.4).</summary>
internal sealed class EventEndpoints(Writes writes, Lookup lookup, Answers answers, NodeSettings settings)
{
    private readonly int _maxBodyBytes = settings.Limits.MaxBodyBytes;

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/events", (RequestDelegate)CreateAsync).For(RoutePolicy.Admin)
            .Describe<CreateEventRequest, EventResponse>(
                "CreateEvent", "Opens an event with its market and an instrument per outcome.", 201,
                RouteContract.Write().LooksUp().Refuses(ProblemCodes.AlreadyExists));
        v1.MapMethods("/events/{event_id}", ["PATCH"], (RequestDelegate)UpdateAsync).For(RoutePolicy.Admin)
            .Describe<UpdateEventRequest, EventResponse>(
                "UpdateEvent", "Changes what an event says to people, and when its market closes.", 200,
                RouteContract.Write().LooksUp().Takes(VersionTag.IfMatch).Refuses(
                    ProblemCodes.VersionMismatch, ProblemCodes.AlreadyResolved, ProblemCodes.MarketStateConflict));
        v1.MapDelete("/events/{event_id}", (RequestDelegate)DeleteAsync).For(RoutePolicy.Admin).Describe<EventResponse>(
            "DeleteEvent", "Takes an event without trades out: orders are canceled, complete sets repaid.", 200,
            RouteContract.Write().LooksUp().Takes(VersionTag.IfMatch).Refuses(
                ProblemCodes.VersionMismatch, ProblemCodes.AlreadyResolved, ProblemCodes.MarketStateConflict));
    }

    private async Task CreateAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.CreateEventRequest, _maxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        var defects = new Defects();
        var command = EventBinder.Bind(body.Value!, options.Key, defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        var collateral = await lookup.AssetAsync(body.Value!.Collateral, options.Timeout);
        if (answers.Refuse(http, collateral.Failure))
        {
            return;
        }

        command = command with { Collateral = collateral.Value!.Id };
        await SubmitAsync(
            http, options, StatusCodes.Status201Created,
            (buffer, header) => CommandCodec.Write(buffer, header, command));
    }

    private async Task UpdateAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.UpdateEventRequest, _maxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        var request = body.Value!;
        var defects = new Defects();
        EventBinder.Check(request, out var closesAt, defects);
        var version = VersionTag.Expected(http.Request, defects);
        if (answers.Refuse(http, defects.ToProblem()) || await FindAsync(http, options) is not { } market)
        {
            return;
        }

        var command = new UpdatePredictionMarket(
            market.Id, request.Title, request.Category, request.Description, closesAt, version);
        await SubmitAsync(
            http, options, StatusCodes.Status200OK,
            (buffer, header) => CommandCodec.Write(buffer, header, command));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var defects = new Defects();
        var version = VersionTag.Expected(http.Request, defects);
        if (answers.Refuse(http, defects.ToProblem()) || await FindAsync(http, options) is not { } market)
        {
            return;
        }

        var command = new DeletePredictionMarket(market.Id, version);
        await SubmitAsync(
            http, options, StatusCodes.Status200OK,
            (buffer, header) => CommandCodec.Write(buffer, header, command));
    }

    private async ValueTask<MarketTerms?> FindAsync(HttpContext http, WriteOptions options)
    {
        var found = await lookup.MarketAsync(RouteText.Of(http, "event_id"), options.Timeout);
        return answers.Refuse(http, found.Failure) ? null : found.Value;
    }

    private async ValueTask SubmitAsync(
        HttpContext http, WriteOptions options, int status, Action<IBufferWriter<byte>, CommandHeader> encode)
    {
        if (await writes.SubmitAsync(http, options, WriteTraits.None, Writes.NoAccount, encode) is { } written)
        {
            var view = written.Outcome.PredictionMarket!;
            VersionTag.Write(http.Response, view.Version);
            answers.Write(
                http, status, MarketShapes.EventOf(view, written.Receipt), ResponseJson.Default.EventResponse);
        }
    }
}
