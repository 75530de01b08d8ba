using System.Diagnostics.Metrics;
using System.Net;
using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>The event feed as lines. Each reader goes through it page by page at its own pace, as whoever it then is,
/// and holds a position and a page: a slow one delays nobody. Safe from any thread.</summary>
internal sealed class LineFeeds(
    RouteCaller routes, EventHistory history, MarketDataMeter meter, NodeSettings settings, TimeProvider time)
{
    private static readonly ApiProblem TooMany = new(
        ProblemCodes.Overloaded, "too many feeds are being read over this protocol");

    private int _open;

    /// <summary>Feeds that are being read.</summary>
    public Measurement<long> Subscribers() =>
        new(Volatile.Read(ref _open), new KeyValuePair<string, object?>("transport", "tcp"));

    /// <summary>Opens a feed.</summary>
    /// <param name="command">FEED ON.</param>
    /// <param name="caller">As whom the next page is read: credential and origin. Asked on any thread.</param>
    /// <returns>The feed, to be run; or what is answered instead.</returns>
    public async ValueTask<(LineFeed? Feed, string? Refusal)> OpenAsync(
        LineCommand command, Func<(string? Authorization, IPAddress? Origin)> caller)
    {
        if (Volatile.Read(ref _open) >= settings.Feed.MaxStreams)
        {
            return (null, LineText.Of(command.Tag, TooMany));
        }

        var feed = new LineFeed(command, caller, routes, history, meter, time);
        return await feed.OpenAsync() is { } refusal ? (null, refusal) : (feed, null);
    }

    /// <summary>Runs a feed that was opened, to its end.</summary>
    public async Task RunAsync(LineFeed feed, LineOutput output, CancellationToken cancellation)
    {
        try
        {
            if (Interlocked.Increment(ref _open) > settings.Feed.MaxStreams)
            {
                await output.WriteAsync(LineText.Of(feed.Tag, TooMany), isMoreComing: false, cancellation);
                return;
            }

            await feed.RunAsync(output, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
