using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ReplicatedBook.Node.Metrics;

/// <summary>The process as the system sees it, under the names that Prometheus' own clients use.</summary>
internal static class ProcessGauges
{
    private const string OpenFiles = "/proc/self/fd";
    private const string Limits = "/proc/self/limits";
    private const string MaxOpenFiles = "Max open files";

    /// <summary>Adds them to a meter; what the system does not tell is left out.</summary>
    public static void Register(Meter meter)
    {
        var started = Started();
        meter.CreateObservableCounter(
            "process_cpu_seconds", () => Environment.CpuUsage.TotalTime.TotalSeconds, null,
            "Time that the process has used processors.");
        meter.CreateObservableGauge(
            "process_resident_memory_bytes", () => Environment.WorkingSet, null, "Memory in use.");
        meter.CreateObservableGauge(
            "process_start_time_seconds", () => started, null, "When the process began, since 1970-01-01T00:00:00Z.");
        meter.CreateObservableGauge("process_virtual_memory_bytes", VirtualMemory, null, "Address space in use.");
        if (Directory.Exists(OpenFiles))
        {
            meter.CreateObservableGauge(
                "process_open_fds", () => Directory.EnumerateFileSystemEntries(OpenFiles).LongCount(), null,
                "Open files and connections.");
        }

        if (LimitOfOpenFiles() is { } most)
        {
            meter.CreateObservableGauge(
                "process_max_fds", () => most, null, "Most files and connections that may be open.");
        }
    }

    private static double Started()
    {
        using var self = Process.GetCurrentProcess();
        return (self.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
    }

    private static long VirtualMemory()
    {
        using var self = Process.GetCurrentProcess();
        return self.VirtualMemorySize64;
    }

    private static long? LimitOfOpenFiles()
    {
        if (!File.Exists(Limits))
        {
            return null;
        }

        var line = File.ReadLines(Limits).FirstOrDefault(
            line => line.StartsWith(MaxOpenFiles, StringComparison.Ordinal));
        var soft = line?[MaxOpenFiles.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(soft, out var limit) ? limit : null;
    }
}
