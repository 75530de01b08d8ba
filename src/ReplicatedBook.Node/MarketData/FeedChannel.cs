using System.Runtime.CompilerServices;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.MarketData;

/// <summary><c>feed?types=&amp;instrument=&amp;account_id=</c>: the event feed (API.md 2.8), an entry a
/// message.</summary>
/// <remarks>Every reader goes through the feed by itself, as the streams of the HTTP interface do: what each may see is
/// not the same.</remarks>
internal sealed class FeedChannel(
    FeedFilter filter, EventHistory history, Catalog catalog, IReplicatedLog log, MarketWait wait,
    MarketDataMeter meter, ChannelGuard guard) : IChannel
{
    private const int EntriesAtOnce = 64;

    /// <inheritdoc/>
    public bool IsPrivate => false;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChannelMessage> FollowAsync(
        long? fromIndex, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var items = new FeedItems(filter, catalog);
        var last = fromIndex ?? history.HeadIndex;
        var position = last;
        if (fromIndex is null)
        {
            yield return new ChannelMessage(ChannelMessage.Snapshot, last, 0, ChannelJson.Nothing);
        }

        Task? fed = null;
        while (true)
        {
            await CheckAsync(cancellation);
            var reading = await history.ReadAsync(position + 1, EntriesAtOnce, cancellation);
            if (reading.Page is { } page)
            {
                foreach (var entry in page.Entries)
                {
                    if (await catalog.NamedAsync(items, entry, cancellation) is { Count: > 0 } told)
                    {
                        yield return new ChannelMessage(
                            ChannelMessage.Update, entry.Index, last,
                            ChannelJson.ListOf(told.Select(item => item.Json)));
                        last = entry.Index;
                    }
                }

                position = Math.Max(position, page.NextIndex - 1);
            }
            else if (!reading.IsBusy)
            {
                meter.Overrun(MarketDataMeter.Feed);
                yield return new ChannelMessage(ChannelMessage.Overrun, last, last, default);
                last = position = history.HeadIndex;
                yield return new ChannelMessage(ChannelMessage.Snapshot, last, 0, ChannelJson.Nothing);
            }

            if (reading.Page is not { Entries.Count: > 0 })
            {
                // One wait until it is over: each that is given up stays in the feed until its index comes.
                fed ??= history.WaitAsync(position + 1, CancellationToken.None);
                await fed.WaitAsync(MarketWait.CheckInterval, wait.Time, cancellation)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                fed = fed.IsCompleted ? null : fed;
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private ValueTask CheckAsync(CancellationToken cancellation) => log.Status.Divergence is not null
        ? throw new ChannelEndedException(ChannelEnd.Diverged)
        : guard.CheckAsync(cancellation);
}
