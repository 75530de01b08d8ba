using System.Runtime.InteropServices;

namespace ReplicatedBook.Replication;

/// <summary>Where one thread waits until another wakes it: a binary semaphore on one futex. Linux only.</summary>
/// <remarks>A wait on a monitor costs several times as much, and a replica waits once or twice for every group of
/// entries. Waking is remembered, so it is never lost; waiting may end early without a reason. One thread parks; any
/// may unpark it. No <c>unsafe</c> is written here; the generated stub pins the word for the time of the
/// call.</remarks>
internal sealed partial class Parker
{
    private const int Running = 0;
    private const int Unparked = 1;
    private const int Parked = -1;

    private const int WaitPrivate = 128;
    private const int WakePrivate = 129;

    /// <summary>The word in the middle of its own cache line; the system waits on its address, so it never
    /// moves.</summary>
    private const int Word = 16;

    private static readonly nint FutexCall = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 98,
        var other => throw new PlatformNotSupportedException($"no futex known on {other}"),
    };

    private readonly int[] _words = GC.AllocateArray<int>(2 * Word, pinned: true);

    /// <summary>Waits to be woken, at most for a time.</summary>
    /// <param name="limit">Zero or negative returns at once.</param>
    public void Park(TimeSpan limit)
    {
        ref var word = ref _words[Word];
        if (limit > TimeSpan.Zero && Interlocked.CompareExchange(ref word, Parked, Running) == Running)
        {
            var time = new TimeSpecification(limit);
            _ = Futex(FutexCall, ref word, WaitPrivate, Parked, in time, 0, 0);
        }

        Interlocked.Exchange(ref word, Running);
    }

    /// <summary>Wakes the thread, or lets its next <see cref="Park"/> return at once.</summary>
    public void Unpark()
    {
        ref var word = ref _words[Word];
        if (Interlocked.Exchange(ref word, Unparked) == Parked)
        {
            var none = default(TimeSpecification);
            _ = Futex(FutexCall, ref word, WakePrivate, 1, in none, 0, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Futex(
        nint call, ref int word, nint operation, nint value, in TimeSpecification limit, nint unused, nint alsoUnused);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpecification(TimeSpan time)
    {
        public readonly long Seconds = (long)time.TotalSeconds;
        public readonly long Nanoseconds = time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
    }
}
