using System.Diagnostics;
using System.Globalization;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>Cost of the core alone on one thread: no log, no network. Best of five passes over one warm
/// exchange.</summary>
internal static class MatchingBenchmark
{
    private const int Operations = 2_000_000;
    private const int WarmUps = 2;
    private const int Passes = 5;

    /// <summary>Runs all rows and prints them.</summary>
    /// <param name="only">Only rows whose name contains this; empty for all.</param>
    /// <returns>1 when the core and the reference matcher disagree, or a warm pass allocates; else 0.</returns>
    public static int Run(string only)
    {
        var workload = Workload.Mixed(Operations);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"W1 mixed: {Operations:N0} operations, {workload.Trades:N0} trades, {workload.Lots:N0} lots, ")
            + $"peak {workload.PeakOrders} orders on {workload.PeakLevels} levels");
        Console.WriteLine(
            "The core: validation, balances, self-trade check, closed orders and trades kept, events encoded.");
        var cores = new List<ICore>();
        foreach (var (makerFee, takerFee) in new[] { (0, 0), (-1, 5) })
        {
            cores.Add(new TypedCore(workload, makerFee, takerFee));
            cores.Add(new EncodedCore(workload, makerFee, takerFee));
        }

        var isSound = true;
        foreach (var core in cores.Where(core => core.Name.Contains(only, StringComparison.Ordinal)))
        {
            isSound &= Measure(core, workload);
        }

        Measure(new IdiomaticCore(workload), workload);
        return isSound ? 0 : 1;
    }

    private static bool Measure(ICore core, Workload workload)
    {
        var (cpu, wall, allocated) = (long.MaxValue, long.MaxValue, long.MaxValue);
        for (var pass = 0; pass < WarmUps + Passes; pass++)
        {
            core.Prepare();
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var (cpuStart, wallStart) = (ThreadClock.Nanoseconds(), Stopwatch.GetTimestamp());
            core.Run();
            var (cpuNow, wallNow) = (ThreadClock.Nanoseconds(), Stopwatch.GetTimestamp());
            if (pass >= WarmUps)
            {
                cpu = Math.Min(cpu, cpuNow - cpuStart);
                wall = Math.Min(wall, (long)Stopwatch.GetElapsedTime(wallStart, wallNow).TotalNanoseconds);
                allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - bytes);
            }
        }

        var count = (double)workload.Operations.Length;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{core.Name,-64} {count * 1e3 / cpu,6:F2} M ops/s CPU {count * 1e3 / wall,6:F2} wall ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"{cpu / count,6:F1} ns/op {allocated / count,6:F1} B/op, {core.Trades:N0} trades"));
        return core.Trades == workload.Trades && allocated == 0;
    }
}
