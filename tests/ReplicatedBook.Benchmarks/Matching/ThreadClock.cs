using System.Runtime.InteropServices;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>CPU time of the calling thread: what other processes take from a shared machine does not count.</summary>
internal static partial class ThreadClock
{
    private const int ClockThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID of Linux.

    /// <summary>Nanoseconds so far.</summary>
    public static long Nanoseconds()
    {
        return GetTime(ClockThreadCpuTime, out var time) == 0
            ? (time.Seconds * 1_000_000_000) + time.Nanoseconds
            : throw new PlatformNotSupportedException("the clock of thread CPU time is read on Linux only");
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
