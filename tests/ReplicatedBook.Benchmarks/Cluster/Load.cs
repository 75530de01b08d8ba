using System.Diagnostics;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>Runs the same request from many clients at once. Each sends its next when it has its answer, so the times
/// are those of a request under this load, not of requests that come at a fixed rate.</summary>
internal static class Load
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Runs it.</summary>
    /// <param name="name">For the table.</param>
    /// <param name="clients">How many at once.</param>
    /// <param name="measured">For how long, after a warm-up that is not counted.</param>
    /// <param name="request">One request of a client, given its number and a source of chance of its own; how many
    /// orders were acknowledged, or none when it was not.</param>
    public static async Task<LoadResult> RunAsync(
        string name, int clients, TimeSpan measured, Func<int, Random, Task<int?>> request)
    {
        var from = Stopwatch.GetTimestamp() + (long)(WarmUp.TotalSeconds * Stopwatch.Frequency);
        var until = from + (long)(measured.TotalSeconds * Stopwatch.Frequency);
        var workers = await Task.WhenAll(
            Enumerable.Range(0, clients).Select(client => Task.Run(() => WorkAsync(client, from, until, request))));
        var all = new LatencyHistogram();
        foreach (var worker in workers)
        {
            all.Add(worker.Latency);
        }

        return new LoadResult(
            name, workers.Sum(worker => worker.Orders), workers.Sum(worker => worker.Lost), measured, all);
    }

    private static async Task<(LatencyHistogram Latency, long Orders, long Lost)> WorkAsync(
        int client, long from, long until, Func<int, Random, Task<int?>> request)
    {
        var latency = new LatencyHistogram();
        var random = new Random(client + 1);
        long orders = 0;
        long lost = 0;
        while (true)
        {
            var sent = Stopwatch.GetTimestamp();
            if (sent >= until)
            {
                return (latency, orders, lost);
            }

            var acknowledged = await request(client, random);
            var answered = Stopwatch.GetTimestamp();
            if (sent < from || answered > until)
            {
                continue; // Warm-up; or answered too late to count.
            }

            orders += acknowledged ?? 0;
            lost += acknowledged is null ? 1 : 0;
            latency.Add(Stopwatch.GetElapsedTime(sent, answered));
        }
    }
}
