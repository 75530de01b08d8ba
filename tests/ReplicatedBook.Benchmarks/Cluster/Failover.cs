using System.Diagnostics;
using ReplicatedBook.Client;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>How long nobody is served when the leader dies: from SIGKILL to the first acknowledged new order, asked of
/// all nodes in turn with a new id each time. Then the node is started again and must catch up.</summary>
internal static class Failover
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Kills leaders.</summary>
    /// <param name="cluster">Whose.</param>
    /// <param name="market">What is traded.</param>
    /// <param name="trials">How often.</param>
    /// <returns>Per trial the milliseconds until served again, and until the killed node was level again.</returns>
    /// <exception cref="TimeoutException">The cluster did not serve again, or the node did not catch up.</exception>
    public static async Task<(List<double> Served, List<double> Back)> RunAsync(
        NodeCluster cluster, LoadMarket market, int trials)
    {
        var served = new List<double>();
        var back = new List<double>();
        for (var i = 1; i <= trials; i++)
        {
            var leader = await cluster.LeaderAsync();
            var killed = Stopwatch.GetTimestamp();
            await cluster.KillAsync(leader);
            await FirstOrderAsync(cluster, market, killed);
            served.Add(Stopwatch.GetElapsedTime(killed).TotalMilliseconds);

            var started = Stopwatch.GetTimestamp();
            cluster.Start(leader);
            await cluster.WaitReadyAsync();
            await cluster.WaitEqualAsync();
            back.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            Console.WriteLine(
                $"    {i,3}  {leader} killed: served again after {served[^1],6:0} ms, back after {back[^1],6:0} ms");
        }

        return (served, back);
    }

    /// <summary>The middle of some times.</summary>
    public static double Median(List<double> times)
    {
        var sorted = times.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static async Task FirstOrderAsync(NodeCluster cluster, LoadMarket market, long killed)
    {
        var random = new Random(1);
        var nodes = cluster.Names.Select(name => cluster.Client.At(cluster.Address(name), AttemptTimeout)).ToArray();
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
}
