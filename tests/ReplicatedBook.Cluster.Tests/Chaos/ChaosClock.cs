using System.Diagnostics;

namespace ReplicatedBook.Cluster.Tests.Chaos;

/// <summary>The one monotonic clock of all clients.</summary>
internal static class ChaosClock
{
    /// <summary>Microseconds since some moment.</summary>
    public static long Now => (long)(Stopwatch.GetTimestamp() * (1e6 / Stopwatch.Frequency));
}
