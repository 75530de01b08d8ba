using System.Diagnostics;
using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>How long nobody is served when the leader dies: from SIGKILL to the first acknowledged new order, asked of
/// all nodes in turn with a new id each time. Then the node is started again and must catch up.</summary>
internal static class FailoverBenchmark
{
    private const string Help = "usage: failover [--times 20]";

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Runs it and prints every time, the median and the worst.</summary>
    /// <returns>Exit code: 0; 2 for usage.</returns>
    /// <exception cref="TimeoutException">The cluster did not serve again, or the node did not catch up.</exception>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (BenchmarkOptions.Read(arguments, Help, "--times") is not { } options)
        {
            return 2;
        }

        await using var cluster = await ClusterProcesses.StartAsync();
        var market = await LoadMarket.CreateAsync(cluster.Client);
        var failovers = new List<double>();
        var catchUps = new List<double>();
        for (var i = 1; i <= options.Number("--times", 20); i++)
        {
            var leader = await cluster.LeaderAsync();
            var killed = Stopwatch.GetTimestamp();
            await cluster.KillAsync(leader);
            await FirstOrderAsync(cluster, market, killed);
            failovers.Add(Stopwatch.GetElapsedTime(killed).TotalMilliseconds);

            var started = Stopwatch.GetTimestamp();
            cluster.Start(leader);
            await cluster.WaitReadyAsync();
            await cluster.WaitEqualAsync();
            catchUps.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            Console.WriteLine(
                $"{i,3}  {leader} killed: served again after {failovers[^1],6:0} ms, back after {catchUps[^1],6:0} ms");
        }

        Print("served again after", failovers);
        Print("killed node back after", catchUps);
        return 0;
    }

    private static async Task FirstOrderAsync(ClusterProcesses cluster, LoadMarket market, long killed)
    {
        var random = new Random(1);
        var nodes = cluster.Endpoints.Select(endpoint => cluster.Client.At(endpoint, AttemptTimeout)).ToArray();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1)); // Dead nodes refuse at once: no busy loop.
        for (var attempt = 0; ; attempt++)
        {
            var order = market.Order(random, ReplicatedBookClient.NewKey());
            if ((await nodes[attempt % nodes.Length].PlaceOrderAsync(order)).IsCommitted)
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(killed) > Limit)
            {
                throw new TimeoutException($"nobody served an order within {Limit.TotalSeconds} s");
            }

            await pace.WaitForNextTickAsync();
        }
    }

    private static void Print(string what, List<double> times)
    {
        var sorted = times.Order().ToArray();
        var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        Console.WriteLine(
            $"{what}: median {median:0} ms, worst {sorted[^1]:0} ms; "
            + $"all: {string.Join(' ', times.Select(time => $"{time:0}"))}");
    }
}
