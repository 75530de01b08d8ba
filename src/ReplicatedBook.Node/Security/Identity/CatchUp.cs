using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Security.Identity;

/// <summary>Brings this node to where the cluster is when a credential tells of something that it does not know: a
/// user, a key or a version may have been made at another node a moment ago. Safe from any thread.</summary>
/// <remarks>One round to the leader at a time, and everybody who asks while it goes on shares the next. So credentials
/// that are made up, however many, cost one round at a time and make nobody wait for more than two.</remarks>
internal sealed class CatchUp(IReplicaReader reader, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<bool> _present = Task.FromResult(true);
    private Task<bool>? _next;

    /// <summary>Waits until all is applied here that was committed when this was called.</summary>
    /// <returns>False when that could not be found out in time.</returns>
    /// <exception cref="ReplicaStoppedException">The node is stopping.</exception>
    public async ValueTask<bool> TryAsync(CancellationToken cancellation)
    {
        Task<bool> round;
        lock (_gate)
        {
            round = _next ??= RunAfterAsync(_present);
        }

        return await round.WaitAsync(cancellation);
    }

    private async Task<bool> RunAfterAsync(Task before)
    {
        // Never at once: whoever called holds the gate.
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            (_present, _next) = (_next!, null); // Who asks from now on may know of something newer.
        }

        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            return await reader.ReadConfirmedAsync(exchange => exchange.IdentityIndex, patience.Token) is not null;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return false;
        }
    }
}
