using System.Diagnostics;
using ReplicatedBook.Benchmarks.Cluster.Wire;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>How long no write is acknowledged while something happens to the leader. A few connections write all the
/// time; a gap is the longest pause between two acknowledgements, whoever gave them.</summary>
internal static class Gaps
{
    private const int Connections = 8;
    private static readonly TimeSpan Before = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(1);

    /// <summary>Hands the lead over several times; one gap each, in milliseconds.</summary>
    public static async Task<List<double>> OfTransfersAsync(NodeCluster cluster, LoadMarket market, int times)
    {
        var gaps = new List<double>();
        for (var i = 0; i < times; i++)
        {
            gaps.Add(await MeasureAsync(
                cluster, market, cluster.Names, () => cluster.Client.TransferLeaderAsync(null)));
        }

        return gaps;
    }

    /// <summary>Stops the leader in good order and starts it again, several times; the others are written to.</summary>
    public static async Task<List<double>> OfStopsAsync(NodeCluster cluster, LoadMarket market, int times)
    {
        var gaps = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var leader = await cluster.LeaderAsync();
            gaps.Add(await MeasureAsync(
                cluster, market, [.. cluster.Names.Where(name => name != leader)], () => cluster.StopAsync(leader)));
            cluster.Start(leader);
            await cluster.WaitReadyAsync();
        }

        return gaps;
    }

    private static async Task<double> MeasureAsync(
        NodeCluster cluster, LoadMarket market, IReadOnlyList<string> written, Func<Task> happening)
    {
        var open = HttpRows.OpenForOrders(market, Connections, [.. written.Select(cluster.Socket)]);
        try
        {
            using var isOver = new CancellationTokenSource();
            var times = Task.Run(() => WireLoad.TimesOfAcknowledgements(open, isOver.Token));
            using var pace = new PeriodicTimer(Before);
            await pace.WaitForNextTickAsync();
            var from = Stopwatch.GetTimestamp();
            await happening();
            pace.Period = After;
            await pace.WaitForNextTickAsync();
            await isOver.CancelAsync();
            return LongestPause(await times, from);
        }
        finally
        {
            open.ForEach(connection => connection.Dispose());
        }
    }

    private static double LongestPause(List<long> times, long from)
    {
        var longest = TimeSpan.Zero;
        for (var i = 1; i < times.Count; i++)
        {
            var pause = Stopwatch.GetElapsedTime(times[i - 1], times[i]);
            longest = times[i] >= from && pause > longest ? pause : longest;
        }

        return longest.TotalMilliseconds;
    }
}
