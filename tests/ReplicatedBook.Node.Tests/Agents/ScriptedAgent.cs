using ReplicatedBook.Agents;

namespace ReplicatedBook.Node.Tests.Agents;

/// <summary>An agent that counts how often it is asked.</summary>
/// <param name="interval">From step to step.</param>
/// <param name="stopsAt">Which call of Stop leaves nothing behind; 0 for none.</param>
internal sealed class ScriptedAgent(TimeSpan interval, int stopsAt) : IAgent
{
    private int _steps;
    private int _stops;

    public int Steps => Volatile.Read(ref _steps);

    public int Stops => Volatile.Read(ref _stops);

    public Task<TimeSpan> StepAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _steps);
        return Task.FromResult(interval);
    }

    public Task<bool> StopAsync(CancellationToken cancellation) =>
        Task.FromResult(Interlocked.Increment(ref _stops) == stopsAt);
}
