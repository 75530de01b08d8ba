using System.Globalization;
using System.Net;
using System.Text;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>One reader of the feed.</summary>
internal sealed class LineFeed(
    LineCommand command, Func<(string? Authorization, IPAddress? Origin)> caller, RouteCaller routes,
    EventHistory history, MarketDataMeter meter, TimeProvider time)
{
    private const int ItemsAtOnce = 256;

    /// <summary>After which a page is asked for again that could not be given for a passing reason.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Between two pages at least: each counts as a read of its user's, and may as well hold more.</summary>
    private static readonly TimeSpan PageInterval = TimeSpan.FromMilliseconds(2);

    private FeedResponse? _page;
    private long _readAt;

    /// <summary>Of the command that opened it.</summary>
    public string Tag => command.Tag;

    /// <summary>Reads the first page.</summary>
    /// <returns>What is answered when there is none; null when there is.</returns>
    public async ValueTask<string?> OpenAsync()
    {
        var answer = await CallAsync(command.Option("from") ?? Text(history.HeadIndex + 1));
        _page = answer.IsSuccess ? PageOf(answer) : null;
        return _page is null ? LineText.Of(command.Tag, answer) : null;
    }

    /// <summary>Goes on until it is given up, or the feed ends: the reader has fallen behind what is kept, or may read
    /// it no longer. That is told under the tag of the command.</summary>
    public async Task RunAsync(LineOutput output, CancellationToken cancellation)
    {
        while (_page is { } page)
        {
            if (page.Items.Count > 0)
            {
                await output.WriteAsync(TextOf(page), isMoreComing: false, cancellation);
            }

            if (page.NextIndex > page.HeadIndex)
            {
                await history.WaitAsync(page.NextIndex, cancellation);
                await WaitForMoreAsync(cancellation);
            }

            var answer = await CallAsync(Text(page.NextIndex));
            while (IsPassing(answer))
            {
                await Task.Delay(Pause, time, cancellation);
                answer = await CallAsync(Text(page.NextIndex));
            }

            _page = answer.IsSuccess ? PageOf(answer) : null;
            if (_page is null)
            {
                if (CodeOf(answer) == ProblemCodes.IndexCompacted.Code)
                {
                    meter.Overrun(MarketDataMeter.Feed);
                }

                await output.WriteAsync(LineText.Of(command.Tag, answer), isMoreComing: false, cancellation);
            }
        }
    }

    private Task WaitForMoreAsync(CancellationToken cancellation)
    {
        var rest = PageInterval - time.GetElapsedTime(_readAt);
        return rest > TimeSpan.Zero ? Task.Delay(rest, time, cancellation) : Task.CompletedTask;
    }

    private ValueTask<RouteAnswer> CallAsync(string from)
    {
        _readAt = time.GetTimestamp();
        var (authorization, origin) = caller();
        var call = LineCalls.Feed(from, command.Option("symbol"), ItemsAtOnce) with
        {
            Authorization = authorization,
            Origin = origin,
        };
        return routes.CallAsync(call, CancellationToken.None);
    }

    private static bool IsPassing(RouteAnswer answer) => !answer.IsSuccess
        && CodeOf(answer) is var code
        && (code == ProblemCodes.Overloaded.Code || code == ProblemCodes.RateLimited.Code);

    private static string CodeOf(RouteAnswer refusal) =>
        LineAnswers.Read(refusal, ResponseJson.Default.Problem).Code;

    private static FeedResponse PageOf(RouteAnswer answer) =>
        LineAnswers.Read(answer, ResponseJson.Default.FeedResponse);

    private static string TextOf(FeedResponse page)
    {
        var lines = new StringBuilder();
        foreach (var item in page.Items)
        {
            LineAnswers.Append(lines, item);
        }

        return lines.ToString();
    }

    private static string Text(long index) => index.ToString(CultureInfo.InvariantCulture);
}
