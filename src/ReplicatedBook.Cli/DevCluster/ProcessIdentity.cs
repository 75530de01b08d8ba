using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ReplicatedBook.Cli.DevCluster;

/// <summary>Names one process for ever: its id and when it started, so that a recycled id is never taken for
/// it.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="Started">Start mark: on Linux clock ticks since boot, elsewhere UTC milliseconds.</param>
public sealed record ProcessIdentity(int Pid, long Started)
{
    /// <summary>The identity of a running process; null when there is none with that id.</summary>
    public static ProcessIdentity? Of(int pid) => StartMark(pid) is { } mark ? new ProcessIdentity(pid, mark) : null;

    /// <summary>This process.</summary>
    public static ProcessIdentity Current => Of(Environment.ProcessId)!;

    /// <summary>Whether this very process is still there; one that has ended and waits for its parent does not
    /// count.</summary>
    public bool IsAlive => StartMark(Pid) == Started;

    /// <summary>Sends a signal to this very process.</summary>
    /// <returns>False when it is no longer there.</returns>
    public bool Signal(ProcessSignal signal) => IsAlive && Kill(Pid, NumberOf(signal)) == 0;

    private static long? StartMark(int pid)
    {
        if (OperatingSystem.IsLinux())
        {
            return LinuxStartMark(pid);
        }

        try
        {
            using var process = Process.GetProcessById(pid);
            return new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Field 22 of /proc/pid/stat (man 5 proc). The name in field 2 may hold spaces and brackets, so counting
    /// starts after the last closing bracket, where field 3 is the state: Z and X have ended.</summary>
    private static long? LinuxStartMark(int pid)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : long.Parse(fields[22 - 3], CultureInfo.InvariantCulture);
    }

    private static int NumberOf(ProcessSignal signal) => signal switch
    {
        ProcessSignal.Kill => 9,
        ProcessSignal.Terminate => 15,
        ProcessSignal.Stop => OperatingSystem.IsMacOS() ? 17 : 19,
        ProcessSignal.Continue => OperatingSystem.IsMacOS() ? 19 : 18,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, null),
    };

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);
}
