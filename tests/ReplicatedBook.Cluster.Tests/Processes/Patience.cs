using System.Diagnostics;

namespace ReplicatedBook.Cluster.Tests.Processes;

/// <summary>Waits on conditions, never on time alone.</summary>
internal static class Patience
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks until there is an answer.</summary>
    /// <param name="look">Null means: not yet.</param>
    /// <param name="limit">After it the wait has failed.</param>
    /// <param name="otherwise">Says what was waited for, and what was seen instead.</param>
    /// <exception cref="TimeoutException">The limit is over.</exception>
    public static async Task<T> UntilAsync<T>(Func<Task<T?>> look, TimeSpan limit, Func<string> otherwise)
        where T : class
    {
        var started = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(LookAgain); // How often to look; what ends the wait is the condition.
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException(otherwise());
            }

            await pace.WaitForNextTickAsync();
        }
    }
}
