using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>The route of an account's dead man's switch (API.md 2.6).</summary>
internal sealed class CancelAfterEndpoint(Writes writes, Answers answers, NodeSettings settings)
{
    private const int MicrosecondsPerMillisecond = 1_000;
    private const int MinTimeoutMs = (int)(SetCancelAfter.MinTimeout / MicrosecondsPerMillisecond);
    private const int MaxTimeoutMs = (int)(SetCancelAfter.MaxTimeout / MicrosecondsPerMillisecond);

    public void Map(RouteGroupBuilder v1) =>
        v1.MapPut("/accounts/{account_id}/cancel_after", (RequestDelegate)SetAsync).For(RoutePolicy.Trader)
            .Describe<CancelAfterRequest, CancelAfterResponse>(
                "SetCancelAfter", "Cancels all open orders of an account unless it is set anew in time.", 200,
                RouteContract.Write().Refuses(ProblemCodes.NotFound));

    private async Task SetAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.CancelAfterRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem ?? Check(body.Value!)))
        {
            return;
        }

        if (IdText.ToAccount(RouteText.Of(http, "account_id")) is not { } account)
        {
            answers.Write(http, Problems.NotFound("no such account"));
            return;
        }

        var command = new SetCancelAfter(account, (long)body.Value!.TimeoutMs * MicrosecondsPerMillisecond);
        if (await writes.SubmitAsync(
            http, options, WriteTraits.None, account,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            answers.Write(
                http, StatusCodes.Status200OK, Shapes.OfCancelAfter(written.Outcome, written.Receipt),
                ResponseJson.Default.CancelAfterResponse);
        }
    }

    private static ApiProblem? Check(CancelAfterRequest request)
    {
        if (request.TimeoutMs is 0 or (>= MinTimeoutMs and <= MaxTimeoutMs))
        {
            return null;
        }

        var (code, field, detail) = Rejections.Of(RejectReason.TimeoutOutOfRange);
        return ApiProblem.OfField(code, field!, detail);
    }
}
