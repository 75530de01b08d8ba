using System.Globalization;
using System.IO.Pipelines;
using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Streams the feed. Every reader goes through journal and ring at its own pace and holds its position and a
/// page at most, so a slow one delays nobody; one whose place is released is told so and must start again.</summary>
internal sealed class FeedStreams(
    EventHistory feed, IReplicatedLog log, Catalog catalog, Answers answers, NodeSettings settings,
    IAuthenticator authenticator, IHostApplicationLifetime lifetime)
{
    private const int EntriesAtOnce = 256;
    private const string ServerSentEvents = "text/event-stream";
    private const string Lines = "application/x-ndjson";

    private int _open;
    private int _openLines;

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

    /// <summary>Streams that are open, by format.</summary>
    public IEnumerable<Measurement<long>> Subscribers()
    {
        var lines = Volatile.Read(ref _openLines);
        return
        [
            new(Math.Max(0, Volatile.Read(ref _open) - lines), new KeyValuePair<string, object?>("transport", "sse")),
            new(lines, new KeyValuePair<string, object?>("transport", "ndjson")),
        ];
    }

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
        if (Interlocked.Increment(ref _open) > settings.Feed.MaxStreams)
        {
            Interlocked.Decrement(ref _open);
            answers.Write(http, new ApiProblem(ProblemCodes.Overloaded, "too many feeds are being streamed"));
            return;
        }

        var line = format == FeedFormat.Lines ? 1 : 0;
        Interlocked.Add(ref _openLines, line);
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
            Interlocked.Add(ref _openLines, -line);
            Interlocked.Decrement(ref _open);
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
        var (next, resumeAt) = (from, from);
        while (log.Status.Divergence is null && await MayGoOnAsync(http))
        {
            var read = await feed.ReadAsync(next, EntriesAtOnce, cancellation);
            if (read.IsBusy)
            {
                await KeepAliveAsync(format, output, cancellation);
                continue;
            }

            if (read.Page is not { } page)
            {
                WriteOverrun(http, format, output);
                await output.FlushAsync(cancellation);
                return;
            }

            foreach (var entry in page.Entries)
            {
                foreach (var item in await catalog.NamedAsync(items, entry, cancellation))
                {
                    if (item.Index != resumeAt || item.Sequence > afterSequence)
                    {
                        Write(output, format, item);
                    }
                }

                // Waits while the client does not read: it is the reader that falls behind, not the node.
                await output.FlushAsync(cancellation);
            }

            next = page.NextIndex;
            if (page.Entries.Count == 0)
            {
                await WaitAsync(next, format, output, cancellation);
            }
        }
    }

    /// <summary>Whether the credential still holds: the entry that takes it away wakes the stream, too.</summary>
    private async ValueTask<bool> MayGoOnAsync(HttpContext http)
    {
        var (caller, _) = await authenticator.IdentifyAsync(http);
        return http.Caller().IsStill(caller);
    }

    private async Task WaitAsync(long index, FeedFormat format, PipeWriter output, CancellationToken cancellation)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        pause.CancelAfter(settings.Feed.KeepAliveInterval);
        try
        {
            await feed.WaitAsync(index, pause.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await KeepAliveAsync(format, output, cancellation);
        }
    }

    private static async Task KeepAliveAsync(FeedFormat format, PipeWriter output, CancellationToken cancellation)
    {
        output.Write(format == FeedFormat.ServerSentEvents ? ": alive\n\n"u8 : "\n"u8);
        await output.FlushAsync(cancellation);
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
