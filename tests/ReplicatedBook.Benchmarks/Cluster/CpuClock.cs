using System.Globalization;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>Processor time of some processes together, user and system, from /proc; what cannot be read counts
/// zero.</summary>
/// <param name="pids">Their ids.</param>
internal sealed class CpuClock(IReadOnlyList<int> pids)
{
    private const double TicksPerSecond = 100; // USER_HZ, which Linux shows to all programs as 100.
    private const int UserAt = 14 - 3;
    private const int PageBytes = 4096;

    /// <summary>Processor time used so far.</summary>
    public TimeSpan Read() => TimeSpan.FromSeconds(pids.Sum(TicksOf) / TicksPerSecond);

    /// <summary>Memory that one of them holds now, in bytes; 0 where it cannot be read.</summary>
    public static long ResidentBytes(int pid)
    {
        try
        {
            var fields = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/statm")).Split(' ');
            return PageBytes * long.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static long TicksOf(int pid)
    {
        try
        {
            // Counted from after the name, which may hold spaces (man 5 proc).
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return long.Parse(fields[UserAt], CultureInfo.InvariantCulture)
                + long.Parse(fields[UserAt + 1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
