using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Security.Identity;

/// <summary>Brings this node to where the cluster is when a credential tells of something that it does not know: a
/// user, a key or a version may have been made at another node a moment ago. Safe from any thread.</summary>
/// <remarks>One at a time and few waiting, so credentials that are made up cost no more than a round to the leader at a
/// time.</remarks>
internal sealed class CatchUp(IReplicaReader reader, TimeProvider time) : IDisposable
{
    private const int MaxWaiting = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(1);
    private int _waiting;

    /// <summary>Waits until all is applied here that was committed when this was called.</summary>
    /// <returns>False when that could not be found out in time.</returns>
    public async ValueTask<bool> TryAsync(CancellationToken cancellation)
    {
        try
        {
            return Interlocked.Increment(ref _waiting) <= MaxWaiting && await WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async ValueTask<bool> WaitAsync(CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await _gate.WaitAsync(both.Token);
            try
            {
                return await reader.ReadConfirmedAsync(exchange => exchange.IdentityIndex, both.Token) is not null;
            }
            finally
            {
                _gate.Release();
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return false;
        }
    }
}
