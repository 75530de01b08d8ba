using System.Diagnostics;

namespace ReplicatedBook.Replication;

/// <summary>The machine's clocks in microseconds; only hosts of a replica read them.</summary>
internal static class HostClock
{
    /// <summary>Never goes back; only differences mean something.</summary>
    public static long Monotonic => At(Stopwatch.GetTimestamp());

    /// <summary>What <see cref="Monotonic"/> was at a timestamp of the stopwatch.</summary>
    public static long At(long timestamp) => timestamp / (Stopwatch.Frequency / 1_000_000);

    /// <summary>Since 1970-01-01T00:00:00Z.</summary>
    public static long Wall => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;
}
