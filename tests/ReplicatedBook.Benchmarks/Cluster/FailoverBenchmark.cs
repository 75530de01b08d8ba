namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>Failover alone, with the election timeouts of the command line.</summary>
internal static class FailoverBenchmark
{
    private const string Help = "usage: failover [--times 20] [--timeout-ms 150: election timeouts drawn from [t, 2t)]";

    /// <summary>Runs it and prints every time, the median and the worst.</summary>
    /// <returns>Exit code: 0; 2 for usage.</returns>
    /// <exception cref="TimeoutException">The cluster did not serve again, or a node did not catch up.</exception>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (BenchmarkOptions.Read(arguments, Help, "--times", "--timeout-ms") is not { } options)
        {
            return 2;
        }

        var timeout = TimeSpan.FromMilliseconds(options.Number("--timeout-ms", 150));
        await using var cluster = await NodeCluster.StartAsync(ElectionFlag(timeout));
        var market = await LoadMarket.CreateAsync(cluster.Client);
        var (served, back) = await Failover.RunAsync(cluster, market, options.Number("--times", 20));
        Print($"election timeouts {Range(timeout)}: served again after", served);
        Print("killed node back after", back);
        return 0;
    }

    /// <summary>Sets a node's election timeout.</summary>
    public static string ElectionFlag(TimeSpan timeout) => $"--Raft:ElectionTimeout={timeout:c}";

    /// <summary>From which a timeout is drawn, as text.</summary>
    public static string Range(TimeSpan timeout) =>
        $"{timeout.TotalMilliseconds:0}-{2 * timeout.TotalMilliseconds:0} ms";

    private static void Print(string what, List<double> times) => Console.WriteLine(
        $"{what}: median {Failover.Median(times):0} ms, worst {times.Max():0} ms; "
        + $"all: {string.Join(' ', times.Select(time => $"{time:0}"))}");
}
