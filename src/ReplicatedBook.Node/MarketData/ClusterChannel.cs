using System.Runtime.CompilerServices;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http;

namespace ReplicatedBook.Node.MarketData;

/// <summary><c>cluster</c>: the cluster as this node sees it (API.md 2.9), four times a second.</summary>
internal sealed class ClusterChannel(ClusterReports reports, TimeProvider time, ChannelGuard guard) : IChannel
{
    /// <inheritdoc/>
    public bool IsPrivate => false;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChannelMessage> FollowAsync(
        long? fromIndex, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (last, isFirst) = (0L, true);
        while (true)
        {
            await guard.CheckAsync(cancellation);
            var (cluster, index) = await reports.ReadAsync(cancellation);
            yield return new ChannelMessage(
                isFirst ? ChannelMessage.Snapshot : ChannelMessage.Update, index, last,
                ChannelJson.Of(cluster, ResponseJson.Default.ClusterResponse));
            (last, isFirst) = (index, false);
            await Task.Delay(ClusterReports.Interval, time, cancellation);
        }
    }
}
