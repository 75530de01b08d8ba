using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Reads the feed for any transport: through journal and ring at the reader's own pace, holding a position and
/// a page at most, so a slow reader delays nobody. Safe from any thread; each stream has one reader.</summary>
internal sealed class FeedReader(
    EventHistory feed, IReplicatedLog log, Catalog catalog, MarketDataMeter meter, NodeSettings settings)
{
    private const int EntriesAtOnce = 256;

    private static readonly string[] Formats = ["sse", "ndjson"];

    private readonly int[] _open = new int[Formats.Length];
    private int _all;

    /// <summary>Streams over HTTP that are open, by format.</summary>
    public IEnumerable<Measurement<long>> Subscribers() => Formats.Select((format, at) => new Measurement<long>(
        Volatile.Read(ref _open[at]), new KeyValuePair<string, object?>("transport", format)));

    /// <summary>Counts a stream that begins.</summary>
    /// <param name="format">sse or ndjson; null for what is counted elsewhere.</param>
    /// <returns>False, and nothing is counted, when there are too many; else <see cref="Leave"/> must follow.</returns>
    public bool TryEnter(string? format)
    {
        if (Interlocked.Increment(ref _all) > settings.Feed.MaxStreams)
        {
            Interlocked.Decrement(ref _all);
            return false;
        }

        if (format is not null)
        {
            Interlocked.Increment(ref _open[Array.IndexOf(Formats, format)]);
        }

        return true;
    }

    /// <summary>A stream that was counted has ended.</summary>
    public void Leave(string? format)
    {
        if (format is not null)
        {
            Interlocked.Decrement(ref _open[Array.IndexOf(Formats, format)]);
        }

        Interlocked.Decrement(ref _all);
    }

    /// <summary>Reads until the reader may not go on, this node has diverged, or the reader's place is
    /// released.</summary>
    /// <param name="items">Makes the items.</param>
    /// <param name="from">First index.</param>
    /// <param name="afterSequence">At that index, only what comes after this sequence; -1 for all.</param>
    /// <param name="mayGoOn">Asked before every page: the entry that takes a credential away wakes the stream,
    /// too.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<FeedStep> FollowAsync(
        FeedItems items, long from, int afterSequence, Func<ValueTask<bool>> mayGoOn,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var next = from;
        while (log.Status.Divergence is null && await mayGoOn())
        {
            var read = await feed.ReadAsync(next, EntriesAtOnce, cancellation);
            if (read.IsBusy)
            {
                yield return FeedStep.Alive;
                continue;
            }

            if (read.Page is not { } page)
            {
                meter.Overrun(MarketDataMeter.Feed);
                yield return FeedStep.Overrun;
                yield break;
            }

            foreach (var entry in page.Entries)
            {
                var named = await catalog.NamedAsync(items, entry, cancellation);
                IReadOnlyList<FeedJson> wanted = entry.Index == from && afterSequence >= 0
                    ? [.. named.Where(item => item.Sequence > afterSequence)]
                    : named;
                if (wanted.Count > 0)
                {
                    yield return new FeedStep(wanted, false);
                }
            }

            next = page.NextIndex;
            if (page.Entries.Count == 0 && !await WaitAsync(next, cancellation))
            {
                yield return FeedStep.Alive;
            }
        }
    }

    /// <summary>False when nothing came for as long as a reader may hear nothing.</summary>
    private async ValueTask<bool> WaitAsync(long index, CancellationToken cancellation)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        pause.CancelAfter(settings.Feed.KeepAliveInterval);
        try
        {
            await feed.WaitAsync(index, pause.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
