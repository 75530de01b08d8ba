using System.Runtime.CompilerServices;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary><c>book:{symbol}?depth=&amp;interval_ms=</c></summary>
internal sealed class BookChannel(BookStreams streams, InstrumentTerms terms, int depth, TimeSpan interval) : IChannel
{
    /// <inheritdoc/>
    public bool IsPrivate => false;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChannelMessage> FollowAsync(
        long? fromIndex, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var update in streams.FollowAsync(terms, depth, interval, fromIndex, cancellation))
        {
            yield return update.Kind switch
            {
                BookUpdateKind.Overrun => new ChannelMessage(
                    ChannelMessage.Overrun, update.Index, update.PrevIndex, default),
                BookUpdateKind.Snapshot => new ChannelMessage(
                    ChannelMessage.Snapshot, update.Index, 0, ChannelJson.Of(update, terms)),
                _ => new ChannelMessage(
                    ChannelMessage.Delta, update.Index, update.PrevIndex, ChannelJson.Of(update, terms)),
            };
        }
    }
}
