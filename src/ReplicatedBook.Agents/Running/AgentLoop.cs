namespace ReplicatedBook.Agents.Running;

/// <summary>Lets an agent step, in its time, until it is told to end.</summary>
/// <param name="agent">Whom; nobody else steps it meanwhile.</param>
/// <param name="time">Tells when a step is due.</param>
public sealed class AgentLoop(IAgent agent, TimeProvider time)
{
    /// <summary>How long the end may take: longer than an election.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    /// <summary>Steps until cancelled; then stops the agent.</summary>
    /// <param name="cancellation">Ends it; a step that is under way is given up.</param>
    /// <returns>Whether the agent left nothing behind.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var began = time.GetTimestamp();
                var interval = await agent.StepAsync(cancellation).ConfigureAwait(false);
                var left = interval - time.GetElapsedTime(began);
                if (left > TimeSpan.Zero)
                {
                    await Task.Delay(left, time, cancellation).ConfigureAwait(false);
                }

                cancellation.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return await StopAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Tries until the agent has left nothing behind, or the time for it is over.</summary>
    private async Task<bool> StopAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit, time);
        try
        {
            while (!await agent.StopAsync(limit.Token).ConfigureAwait(false))
            {
                await Task.Delay(Trading.TradingDesk.Retry, time, limit.Token).ConfigureAwait(false);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
