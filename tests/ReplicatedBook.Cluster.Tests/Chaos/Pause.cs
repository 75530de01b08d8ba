namespace ReplicatedBook.Cluster.Tests.Chaos;

/// <summary>Lets time pass, where passing time is itself what is wanted: how long a fault lasts, how late bytes
/// are.</summary>
internal static class Pause
{
    /// <summary>Ends after the time, or at once when it is cancelled.</summary>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static async Task ForAsync(TimeSpan time, CancellationToken cancellation = default)
    {
        if (time > TimeSpan.Zero)
        {
            using var timer = new PeriodicTimer(time);
            await timer.WaitForNextTickAsync(cancellation);
        }
    }
}
