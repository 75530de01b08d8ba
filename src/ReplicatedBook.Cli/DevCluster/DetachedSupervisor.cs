using System.Diagnostics;

namespace ReplicatedBook.Cli.DevCluster;

/// <summary>Runs the supervisor as a process of its own that outlives the terminal.</summary>
internal static class DetachedSupervisor
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts this same command line again without --detach, shows what it prints, and returns once it
    /// runs.</summary>
    public static async Task<int> StartAsync(DevClusterFolder folder, CancellationToken cancellation)
    {
        if (folder.ReadState() is { IsSupervised: true } running)
        {
            throw LeftOver.Running(running);
        }

        var log = folder.Path + ".log"; // Beside the folder, which a fresh start deletes.
        PrivateFiles.CreateFolder(Path.GetDirectoryName(log)!);
        File.Delete(log);
        using var process = Process.Start(Plan(log))!;
        var shown = 0L;
        while (!process.HasExited && !IsUp(log))
        {
            shown = Show(log, shown);
            await Task.Delay(LookAgain, cancellation);
        }

        Show(log, shown);
        return process.HasExited ? process.ExitCode : ExitCodes.Ok;
    }

    private static ProcessStartInfo Plan(string log)
    {
        const string Launch =
            """
            umask 077
            exec </dev/null >"$RB_LOG" 2>&1
            if command -v setsid >/dev/null 2>&1; then exec setsid "$@"; fi
            exec "$@"
            """;
        var start = new ProcessStartInfo("/bin/sh") { Environment = { ["RB_LOG"] = log } };
        var own = Environment.GetCommandLineArgs().Skip(1).Where(argument => argument != "--detach");
        string[] arguments = ["-c", Launch, "sh", Environment.ProcessPath!, .. Program(), .. own];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    /// <summary>The assembly, where this process runs in the shared host rather than in its own.</summary>
    private static string[] Program() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [Environment.GetCommandLineArgs()[0]]
            : [];

    /// <summary>The last line of a start that went well.</summary>
    private static bool IsUp(string log) =>
        File.Exists(log) && File.ReadAllText(log).Contains(DevSupervisor.LastLine, StringComparison.Ordinal);

    private static long Show(string log, long from)
    {
        if (!File.Exists(log))
        {
            return from;
        }

        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(from, SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        Console.Write(reader.ReadToEnd());
        return file.Position;
    }
}
