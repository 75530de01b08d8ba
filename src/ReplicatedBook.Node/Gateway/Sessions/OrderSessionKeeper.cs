using ReplicatedBook.Node.Options;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway.Sessions;

/// <summary>Keeps the lease of this node's sessions of orders from running out, while it has some, and ends those that
/// a former run of the node has left.</summary>
internal sealed class OrderSessionKeeper(
    OrderSessions sessions, NodeSettings settings, IReplicaReader reader, TimeProvider time) : BackgroundService
{
    private const int RoundsPerLease = 3;
    private const int TriesPerLease = 30;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var lease = settings.Sessions.Lease;
        try
        {
            while (true)
            {
                var wasHeard = await LookAfterAsync(stopping);
                await Task.Delay(lease / (wasHeard ? RoundsPerLease : TriesPerLease), time, stopping);
            }
        }
        catch (Exception end) when (end is ReplicaStoppedException
            || (end is OperationCanceledException && stopping.IsCancellationRequested))
        {
            // The node is stopping: the lease ends what it held.
        }
    }

    /// <returns>Whether there is nothing to be said, or the cluster has heard it.</returns>
    private async ValueTask<bool> LookAfterAsync(CancellationToken stopping)
    {
        if (!sessions.AreKept && !await HasOlderAsync(stopping))
        {
            return true;
        }

        var wasHeard = await sessions.RenewAsync();
        await sessions.FinishAsync();
        return wasHeard;
    }

    private async ValueTask<bool> HasOlderAsync(CancellationToken stopping) =>
        (await reader.ReadAsync(
            exchange => exchange.HasOlderOrderSessions(settings.Node.Id, sessions.Incarnation), stopping)).Value;
}
