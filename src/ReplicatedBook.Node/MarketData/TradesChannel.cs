using System.Runtime.CompilerServices;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.MarketData;

/// <summary><c>trades:{symbol}</c>: each trade once.</summary>
/// <param name="topics">What is followed.</param>
/// <param name="kind">Which entries may hold some.</param>
/// <param name="number">Of what.</param>
/// <param name="newItems">Makes what tells the trades of an entry as a JSON list, for one reader; null where there are
/// none.</param>
internal sealed class TradesChannel(
    FollowedTopics topics, TopicKind kind, long number, Func<Func<FeedEntry, ReadOnlyMemory<byte>?>> newItems)
    : IChannel
{
    /// <inheritdoc/>
    public bool IsPrivate => false;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChannelMessage> FollowAsync(
        long? fromIndex, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var lease = await topics.FollowAsync(kind, number, cancellation);
        var itemsOf = newItems();
        var last = fromIndex ?? lease.Topic.Entries.Head;
        if (fromIndex is null)
        {
            yield return new ChannelMessage(ChannelMessage.Snapshot, last, 0, ChannelJson.Nothing);
        }

        var reader = topics.ReaderOf(lease.Topic, last);
        while (true)
        {
            var next = lease.Topic.Changed.Next;
            if (await reader.ReadAsync(cancellation) is not { } entries)
            {
                topics.Meter.Overrun("trades");
                yield return new ChannelMessage(ChannelMessage.Overrun, last, last, default);
                last = lease.Topic.Entries.Head;
                yield return new ChannelMessage(ChannelMessage.Snapshot, last, 0, ChannelJson.Nothing);
                reader = topics.ReaderOf(lease.Topic, last);
                continue;
            }

            foreach (var entry in entries)
            {
                if (itemsOf(entry) is { } data)
                {
                    yield return new ChannelMessage(ChannelMessage.Update, entry.Index, last, data);
                    last = entry.Index;
                }
            }

            await topics.Wait.GoOnAsync(lease.Topic, entries.Count > 0, next, cancellation);
        }
    }
}
