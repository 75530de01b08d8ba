using System.Diagnostics;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>How long single operations took, each sent when the one before was done, the clock's own time
/// included.</summary>
/// <param name="Median">In nanoseconds.</param>
/// <param name="P99">99 of 100 took no longer.</param>
/// <param name="P999">999 of 1,000 took no longer.</param>
internal readonly record struct Latencies(long Median, long P99, long P999)
{
    /// <summary>What reading the clock twice takes: the median of many.</summary>
    public static long OfTheClock(int times) => Of(new long[times], _ => { }).Median;

    /// <summary>Times every operation of several passes: the best of them, each figure for itself.</summary>
    public static Latencies Of(ICore core, int operations, int passes)
    {
        var (best, times) = (new Latencies(long.MaxValue, long.MaxValue, long.MaxValue), new long[operations]);
        for (var pass = 0; pass < passes; pass++)
        {
            core.Prepare();
            best = Best(best, Of(times, i => core.Run(i, 1)));
        }

        return best;
    }

    private static Latencies Best(Latencies a, Latencies b) =>
        new(Math.Min(a.Median, b.Median), Math.Min(a.P99, b.P99), Math.Min(a.P999, b.P999));

    private static Latencies Of(long[] times, Action<int> operation)
    {
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            operation(i);
            times[i] = Stopwatch.GetTimestamp() - start;
        }

        Array.Sort(times);
        return new Latencies(At(times, 0.5), At(times, 0.99), At(times, 0.999));
    }

    private static long At(long[] sorted, double share) =>
        sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)] * 1_000_000_000 / Stopwatch.Frequency;
}
