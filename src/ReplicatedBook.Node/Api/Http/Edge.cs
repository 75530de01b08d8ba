using System.Diagnostics;
using Microsoft.AspNetCore.Connections;
using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Outermost: names every request, puts the node's position on every answer, and turns whatever goes wrong
/// into a problem.</summary>
internal sealed partial class Edge(
    RequestDelegate next, RbHeaders headers, Answers answers, NodeMeter meter, ILogger<Edge> logger)
{
    // Kestrel renames Content-Length to this when Transfer-Encoding was given too, and then serves the request.
    private const string AmbiguousLength = "X-Content-Length";

    public async Task InvokeAsync(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        http.TraceIdentifier = RequestIds.For(http.Request.Headers[RequestIds.Header]);
        http.Response.Headers[RequestIds.Header] = http.TraceIdentifier;
        headers.Stamp(http.Response);
        if (FramingDefect(http.Request) is { } defect)
        {
            http.Response.Headers.Connection = "close";
            answers.Write(http, new ApiProblem(ProblemCodes.MalformedRequest, defect));
            return;
        }

        try
        {
            await next(http);
        }
        catch (Exception failure)
        {
            Answer(http, failure);
            meter.RequestAnswered(http, started);
            return;
        }

        if (http.Response is { HasStarted: false, ContentLength: null, ContentType: null })
        {
            AnswerUnmatched(http);
        }

        // A stream lasts as long as its reader likes: that says nothing of this node.
        if (!FeedStreams.IsStream(http.Response)
            && http.Response.StatusCode != StatusCodes.Status101SwitchingProtocols)
        {
            meter.RequestAnswered(http, started);
        }
    }

    /// <summary>What Kestrel serves although others on the way may see another end of the request.</summary>
    /// <returns>Null where nothing is wrong.</returns>
    private static string? FramingDefect(HttpRequest request)
    {
        if (request.Headers.ContainsKey(AmbiguousLength))
        {
            return "Content-Length and Transfer-Encoding exclude each other";
        }

        var coding = request.Headers.TransferEncoding;
        return coding.Count == 0 ? null
            : HttpProtocol.IsHttp10(request.Protocol) ? "HTTP/1.0 has no Transfer-Encoding"
            : coding.Count == 1 && string.Equals(coding[0], "chunked", StringComparison.OrdinalIgnoreCase) ? null
            : "Transfer-Encoding must be chunked, once";
    }

    private void AnswerUnmatched(HttpContext http)
    {
        switch (http.Response.StatusCode)
        {
            case StatusCodes.Status404NotFound:
                answers.Write(http, Problems.NotFound("no such route"));
                break;
            case StatusCodes.Status405MethodNotAllowed:
                answers.Write(http, new ApiProblem(
                    ProblemCodes.MethodNotAllowed, $"the route takes {http.Response.Headers.Allow}"));
                break;
            case StatusCodes.Status415UnsupportedMediaType:
                answers.Write(http, Bodies.Unsupported);
                break;
        }
    }

    private void Answer(HttpContext http, Exception failure)
    {
        if (http.RequestAborted.IsCancellationRequested
            || failure is ConnectionResetException or ConnectionAbortedException)
        {
            return; // Nobody is left to be answered.
        }

        if (http.Response.HasStarted)
        {
            LogBroken(http.TraceIdentifier, failure);
            http.Abort(); // Half an answer must not look like a whole one.
            return;
        }

        answers.Write(http, ProblemOf(http, failure));
    }

    private ApiProblem ProblemOf(HttpContext http, Exception failure)
    {
        switch (failure)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return new ApiProblem(ProblemCodes.BodyTooLarge, "the body is larger than any route takes");
            case BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }:
                return new ApiProblem(ProblemCodes.RequestTimeout, "the body came too slowly");
            case BadHttpRequestException bad:
                return new ApiProblem(ProblemCodes.MalformedRequest, bad.Message);
            case IOException { InnerException: OverflowException }:
                http.Response.Headers.Connection = "close"; // Where the body ends cannot be known.
                return new ApiProblem(ProblemCodes.MalformedRequest, "the size of a chunk is too large");
            case ReplicaStoppedException:
                return new ApiProblem(ProblemCodes.ShuttingDown, "the node is stopping");
            default:
                LogInternal(http.TraceIdentifier, http.Request.Path, failure);

                // After a write the command may be in the log, whatever went wrong here afterwards.
                return new ApiProblem(ProblemCodes.Internal, "the node's log says more, under this request id")
                {
                    Outcome = HttpMethods.IsGet(http.Request.Method) ? Outcomes.NotExecuted : Outcomes.Unknown,
                };
        }
    }

    [LoggerMessage(EventId = 201, Level = LogLevel.Error, Message = "request {RequestId} of {Path} failed")]
    private partial void LogInternal(string requestId, string path, Exception exception);

    [LoggerMessage(EventId = 202, Level = LogLevel.Warning, Message = "the answer to request {RequestId} broke off")]
    private partial void LogBroken(string requestId, Exception exception);
}
