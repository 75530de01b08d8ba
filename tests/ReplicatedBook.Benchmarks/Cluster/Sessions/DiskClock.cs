using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ReplicatedBook.Benchmarks.Cluster.Sessions;

/// <summary>How long this disk takes to make a small write durable: what no acknowledgement can be faster
/// than.</summary>
internal static class DiskClock
{
    private const int Block = 4096;

    /// <summary>Writes and syncs blocks of one file, one after another, below the folder for temporary files.</summary>
    /// <param name="times">How often.</param>
    public static LatencyHistogram Measure(int times)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var file = new FileStream(
            path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.DeleteOnClose);
        var histogram = new LatencyHistogram();
        var block = new byte[Block];
        RandomAccess.SetLength(file.SafeFileHandle, (long)times * Block);
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            RandomAccess.Write(file.SafeFileHandle, block, (long)i * Block);
            if (Sync((int)file.SafeFileHandle.DangerousGetHandle()) != 0)
            {
                throw new Win32Exception();
            }

            histogram.Add(Stopwatch.GetElapsedTime(started));
        }

        return histogram;
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static extern int Sync(int descriptor);
}
