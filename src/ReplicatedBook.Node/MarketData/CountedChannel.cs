using System.Runtime.CompilerServices;

namespace ReplicatedBook.Node.MarketData;

/// <summary>A channel that is counted while it is read.</summary>
internal sealed class CountedChannel(IChannel channel, FollowerCounts counts, string transport) : IChannel
{
    /// <inheritdoc/>
    public bool IsPrivate => channel.IsPrivate;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChannelMessage> FollowAsync(
        long? fromIndex, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var _ = counts.Enter(transport);
        await foreach (var message in channel.FollowAsync(fromIndex, cancellation))
        {
            yield return message;
        }
    }
}
