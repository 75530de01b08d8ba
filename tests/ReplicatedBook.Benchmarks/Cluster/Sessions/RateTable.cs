using System.Globalization;

namespace ReplicatedBook.Benchmarks.Cluster.Sessions;

/// <summary>Latencies of fixed rates, a line for each.</summary>
internal sealed class RateTable
{
    private readonly List<(string Transport, double Asked, LoadResult Load)> _lines = [];

    public void Add(string transport, double asked, LoadResult load) => _lines.Add((transport, asked, load));

    /// <summary>Times in milliseconds, from when an order was due to its acknowledgement.</summary>
    public void Print()
    {
        if (_lines.Count == 0)
        {
            return;
        }

        Console.WriteLine();
        Console.WriteLine(
            $"{"TRANSPORT",-10} {"ASKED/s",9} {"DONE/s",9} {"P50 ms",8} {"P90 ms",8} {"P99 ms",8} {"P99.9 ms",9} "
            + $"{"MAX ms",8} {"REFUSED",8} {"CPU us",7}");
        foreach (var (transport, asked, load) in _lines)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{transport,-10} {asked,9:0} {load.PerSecond,9:0} {Ms(load, 0.5),8:0.00} {Ms(load, 0.9),8:0.00} "
                + $"{Ms(load, 0.99),8:0.00} {Ms(load, 0.999),9:0.00} {load.Latency.Max.TotalMilliseconds,8:0.00} "
                + $"{load.Refusals.Count,8} {load.CpuMicroseconds,7:0}"));
        }
    }

    private static double Ms(LoadResult load, double share) => load.Latency.Percentile(share).TotalMilliseconds;
}
