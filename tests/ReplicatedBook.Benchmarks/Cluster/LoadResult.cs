namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>What one load did.</summary>
/// <param name="Name">Which load.</param>
/// <param name="Orders">Acknowledged orders; reads, for a load of reads.</param>
/// <param name="Lost">Requests that ended without being committed.</param>
/// <param name="Took">Measured time.</param>
/// <param name="Latency">Per request.</param>
internal sealed record LoadResult(string Name, long Orders, long Lost, TimeSpan Took, LatencyHistogram Latency)
{
    public static void PrintHeading() =>
        Console.WriteLine($"{"LOAD",-34} {"PER SECOND",11} {"P50 ms",8} {"P99 ms",8} {"MAX ms",8} {"LOST",5}");

    public void Print() => Console.WriteLine(
        $"{Name,-34} {Orders / Took.TotalSeconds,11:N0} {Latency.Percentile(0.5).TotalMilliseconds,8:0.00} "
        + $"{Latency.Percentile(0.99).TotalMilliseconds,8:0.00} {Latency.Max.TotalMilliseconds,8:0.0} {Lost,5}");
}
