namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>Prints the figures row by row.</summary>
internal sealed class MatchingTable
{
    /// <summary>Prints the columns' names.</summary>
    public MatchingTable() => Console.WriteLine(
        $"{"",-34} {"M ops/s CPU",11} {"wall",6} {"ns/op",6} {"p50",5} {"p99",6} {"p99.9",7} {"B/op",6} {"ratio",5}");

    /// <summary>Prints a workload and what it comes to.</summary>
    public void Add(Workload workload) => Console.WriteLine(
        $"{workload.Name}: {workload.Operations.Length:N0} operations, {workload.Totals.Trades:N0} trades, " +
        $"{workload.Totals.Lots:N0} lots, {workload.Totals.Notional:N0} notional; " +
        $"peak {workload.PeakOrders:N0} orders on {workload.PeakLevels:N0} levels");

    /// <summary>Prints a row.</summary>
    /// <param name="name">What was measured.</param>
    /// <param name="operations">Operations of a pass.</param>
    /// <param name="speed">Its best pass.</param>
    /// <param name="latencies">Of single operations.</param>
    /// <param name="reference">Of the idiomatic book in this process.</param>
    /// <param name="trouble">What was wrong; empty for nothing.</param>
    public void Add(
        string name, double operations, Measurement speed, Latencies latencies, Measurement reference,
        string trouble)
    {
        Console.WriteLine(
            $"  {name,-32} {operations * 1e3 / speed.Cpu,11:F2} {operations * 1e3 / speed.Wall,6:F2} " +
            $"{speed.Cpu / operations,6:F1} {latencies.Median,5} {latencies.P99,6} {latencies.P999,7} " +
            $"{speed.Bytes / operations,6:F1} {reference.Cpu / (double)speed.Cpu,5:F1} {trouble}");
    }

    /// <summary>Prints a row of a query, which no pass is made of.</summary>
    public void AddQuery(string name, double nanoseconds, double bytes) => Console.WriteLine(
        $"  {name,-33}{1e3 / nanoseconds,11:F2} {"",6} {nanoseconds,6:F1} {"",5} {"",6} {"",7} {bytes,6:F1}");
}
