using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary><c>trades:{symbol}</c>: each trade once.</summary>
internal sealed class TradesChannel(FollowedTopics topics, InstrumentTerms terms) : IChannel
{
    /// <inheritdoc/>
    public bool IsPrivate => false;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChannelMessage> FollowAsync(
        long? fromIndex, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var lease = await topics.FollowAsync(TopicKind.Trades, terms.Canonical.Value, cancellation);
        var items = new TradeItems(terms);
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
                if (items.Of(entry) is { } data)
                {
                    yield return new ChannelMessage(ChannelMessage.Update, entry.Index, last, data);
                    last = entry.Index;
                }
            }

            await topics.GoOnAsync(lease.Topic, entries.Count > 0, next, cancellation);
        }
    }
}
