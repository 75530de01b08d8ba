using System.Globalization;
using System.IO.Pipelines;
using System.Buffers;
using System.Text;
using System.Text.Json;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Streams the feed over HTTP; a reader whose place is released is told so and must start again.</summary>
internal sealed class FeedStreams(
    EventHistory feed, FeedReader reader, Answers answers, IAuthenticator authenticator,
    IHostApplicationLifetime lifetime)
{
    private const string ServerSentEvents = "text/event-stream";
    private const string Lines = "application/x-ndjson";

    /// <summary>The streaming format that a request prefers; null for a page.</summary>
    public static FeedFormat? FormatOf(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        return accept.Contains(ServerSentEvents, StringComparison.OrdinalIgnoreCase)
            ? FeedFormat.ServerSentEvents
            : accept.Contains(Lines, StringComparison.OrdinalIgnoreCase) ? FeedFormat.Lines : null;
    }

    /// <summary>Whether an answer is a stream.</summary>
    public static bool IsStream(HttpResponse response) => response.ContentType is ServerSentEvents or Lines;

    /// <summary>Why no further stream may begin.</summary>
    public static ApiProblem TooMany { get; } = new(
        ProblemCodes.Overloaded, "too many feeds are being streamed");

    /// <summary>Why there is no page at an index.</summary>
    public static ApiProblem Refusal(FeedReading reading, EventHistory feed)
    {
        if (reading.IsBusy)
        {
            return new ApiProblem(ProblemCodes.Overloaded, "old events are being read from the log anew; ask again");
        }

        var oldest = feed.OldestIndex;
        return new ApiProblem(
            ProblemCodes.IndexCompacted,
            string.Create(CultureInfo.InvariantCulture, $"the oldest index held in the feed is {oldest}"))
        {
            OldestIndex = oldest,
        };
    }

    /// <summary>Streams until the client goes, the node stops or diverges, or the reader has fallen behind.</summary>
    /// <param name="http">The request.</param>
    /// <param name="format">How.</param>
    /// <param name="items">Makes the items.</param>
    /// <param name="from">First index.</param>
    /// <param name="afterSequence">At that index, only what comes after this sequence; -1 for all.</param>
    public async Task RunAsync(HttpContext http, FeedFormat format, FeedItems items, long from, int afterSequence)
    {
        var name = format == FeedFormat.Lines ? "ndjson" : "sse";
        if (!reader.TryEnter(name))
        {
            answers.Write(http, TooMany);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await StreamAsync(http, format, items, from, afterSequence, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has gone or the node stops: both end a stream in order.
        }
        finally
        {
            reader.Leave(name);
        }
    }

    private async Task StreamAsync(
        HttpContext http, FeedFormat format, FeedItems items, long from, int afterSequence,
        CancellationToken cancellation)
    {
        if (await feed.ReadAsync(from, 1, cancellation) is { Page: null } refused)
        {
            answers.Write(http, Refusal(refused, feed));
            return;
        }

        http.Response.ContentType = format == FeedFormat.ServerSentEvents ? ServerSentEvents : Lines;
        http.Response.Headers.CacheControl = "no-store";
        var output = http.Response.BodyWriter;
        await output.FlushAsync(cancellation);
        await foreach (var step in reader.FollowAsync(
            items, from, afterSequence, () => MayGoOnAsync(http), cancellation))
        {
            if (step.IsOverrun)
            {
                WriteOverrun(http, format, output);
            }
            else if (step.Items.Count == 0)
            {
                output.Write(format == FeedFormat.ServerSentEvents ? ": alive\n\n"u8 : "\n"u8);
            }

            foreach (var item in step.Items)
            {
                Write(output, format, item);
            }

            // Waits while the client does not read: it is the reader that falls behind, not the node.
            await output.FlushAsync(cancellation);
        }
    }

    /// <summary>Whether the credential still holds: the entry that takes it away wakes the stream, too.</summary>
    private async ValueTask<bool> MayGoOnAsync(HttpContext http)
    {
        var (caller, _) = await authenticator.IdentifyAsync(http);
        return http.Caller().IsStill(caller);
    }

    private static void Write(PipeWriter output, FeedFormat format, in FeedJson item)
    {
        if (format == FeedFormat.ServerSentEvents)
        {
            var head = string.Create(
                CultureInfo.InvariantCulture, $"id: {item.Index}.{item.Sequence}\nevent: {item.Type}\ndata: ");
            output.Write(Encoding.ASCII.GetBytes(head));
            output.Write(item.Json.Span);
            output.Write("\n\n"u8);
        }
        else
        {
            output.Write(item.Json.Span);
            output.Write("\n"u8);
        }
    }

    private void WriteOverrun(HttpContext http, FeedFormat format, PipeWriter output)
    {
        var problem = JsonSerializer.SerializeToUtf8Bytes(
            answers.ToProblem(http, Refusal(default, feed)), ResponseJson.Default.Problem);
        if (format == FeedFormat.ServerSentEvents)
        {
            output.Write("event: overrun\ndata: "u8);
            output.Write(problem);
            output.Write("\n\n"u8);
        }
        else
        {
            output.Write("{\"type\":\"overrun\",\"problem\":"u8);
            output.Write(problem);
            output.Write("}\n"u8);
        }
    }
}
