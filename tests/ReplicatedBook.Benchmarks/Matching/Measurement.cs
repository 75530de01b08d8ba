using System.Diagnostics;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>What a core needs for one pass over its workload: the best of several passes, each figure for
/// itself.</summary>
/// <param name="Cpu">Nanoseconds of the thread's processor time.</param>
/// <param name="Wall">Nanoseconds on the clock.</param>
/// <param name="Bytes">Bytes allocated.</param>
internal readonly record struct Measurement(long Cpu, long Wall, long Bytes)
{
    private const int LeastWarmUps = 2;
    private const int MostWarmUps = 5;
    private const double Stable = 0.03; // Two passes that differ by less have the same code.

    // The runtime waits for 100 ms without new code before it optimises what runs often.
    private static readonly TimeSpan LeastWarmUp = TimeSpan.FromMilliseconds(400);

    /// <summary>Runs a core until its speed is stable.</summary>
    /// <param name="core">What is going to be measured.</param>
    /// <param name="operations">Length of its workload.</param>
    /// <param name="mostPasses">How often at most, unless that is too short a time.</param>
    public static void WarmUp(ICore core, int operations, int mostPasses = MostWarmUps)
    {
        long before = 0;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; ; i++)
        {
            var cpu = Pass(core, operations).Cpu;
            var isStable = i >= LeastWarmUps && Math.Abs(cpu - before) < Stable * cpu;
            if ((isStable || i >= mostPasses) && Stopwatch.GetElapsedTime(start) >= LeastWarmUp)
            {
                break;
            }

            before = cpu;
        }
    }

    /// <summary>Measures a core and what it is compared with in turns, so that both have the same weather.</summary>
    /// <param name="core">What is measured; warm.</param>
    /// <param name="reference">Its counterpart on the same workload; warm.</param>
    /// <param name="operations">Length of their workload.</param>
    /// <param name="passes">Measured passes of each.</param>
    public static (Measurement Core, Measurement Reference) InTurns(
        ICore core, ICore reference, int operations, int passes)
    {
        var worst = new Measurement(long.MaxValue, long.MaxValue, long.MaxValue);
        var (best, other) = (worst, worst);
        for (var i = 0; i < passes; i++)
        {
            best = Best(best, Pass(core, operations));
            other = Best(other, Pass(reference, operations));
        }

        return (best, other);
    }

    /// <summary>Measures the end of a workload, again and again: first until the code is warm, then for
    /// counting.</summary>
    /// <param name="core">What is measured.</param>
    /// <param name="setUp">Operations before that end, which every round carries out unmeasured.</param>
    /// <param name="operations">Operations of the end.</param>
    /// <param name="rounds">Measured rounds.</param>
    public static Measurement OfTheEnd(ICore core, int setUp, int operations, int rounds)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < 2 * LeastWarmUp;)
        {
            Pass(core, operations, setUp);
        }

        var best = new Measurement(long.MaxValue, long.MaxValue, long.MaxValue);
        for (var i = 0; i < rounds; i++)
        {
            best = Best(best, Pass(core, operations, setUp));
        }

        return best;
    }

    private static Measurement Best(Measurement a, Measurement b) =>
        new(Math.Min(a.Cpu, b.Cpu), Math.Min(a.Wall, b.Wall), Math.Min(a.Bytes, b.Bytes));

    private static Measurement Pass(ICore core, int operations, int setUp = 0)
    {
        core.Prepare();
        core.Run(0, setUp);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var (cpu, wall) = (ThreadClock.Nanoseconds(), Stopwatch.GetTimestamp());
        core.Run(setUp, operations);
        var (cpuNow, wallNow) = (ThreadClock.Nanoseconds(), Stopwatch.GetTimestamp());
        return new Measurement(
            cpuNow - cpu, (long)Stopwatch.GetElapsedTime(wall, wallNow).TotalNanoseconds,
            GC.GetAllocatedBytesForCurrentThread() - bytes);
    }
}
