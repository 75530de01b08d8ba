using System.Diagnostics;

namespace ReplicatedBook.Cli.DevCluster;

/// <summary>One running node as a child of this process. It ends with its parent, however the parent ends.</summary>
/// <remarks>The node's standard input is a pipe that only this process holds; RB_EXIT_WITH_STDIN=1 makes the node stop
/// at its end, so a parent killed with SIGKILL leaves no orphan. The shell in between gives way to the node (exec), so
/// the child's id is the node's; it puts the output into the log file and, where setsid is at hand, keeps a terminal's
/// Ctrl-C from the node, since stopping it is the parent's to do.</remarks>
internal sealed class NodeProcess : IDisposable
{
    private const string Launch =
        """
        umask 077
        exec >>"$RB_LOG" 2>&1
        if command -v setsid >/dev/null 2>&1; then exec setsid "$@"; fi
        exec "$@"
        """;

    private readonly Process _process;

    private NodeProcess(NodePlan plan, Process process)
    {
        Plan = plan;
        _process = process;
        Identity = ProcessIdentity.Of(process.Id) ?? new ProcessIdentity(process.Id, 0);
    }

    public NodePlan Plan { get; }

    public ProcessIdentity Identity { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Exit code; 128 plus the number of the signal that ended it, if one did.</summary>
    public int ExitCode => _process.ExitCode;

    public static NodeProcess Start(NodePlan plan)
    {
        PrivateFiles.CreateFolder(Path.GetDirectoryName(plan.LogPath)!);
        var start = new ProcessStartInfo("/bin/sh")
        {
            WorkingDirectory = plan.WorkingDirectory,
            RedirectStandardInput = true,
            Environment =
            {
                ["RB_LOG"] = plan.LogPath,
                ["RB_EXIT_WITH_STDIN"] = "1",
                ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1",
            },
        };
        string[] arguments = ["-c", Launch, "sh", DotnetPath(), NodeProgram.Find(), .. plan.Arguments];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new NodeProcess(plan, Process.Start(start)!);
    }

    /// <summary>Ends it in good order; by force once the limit is over or the caller gives up.</summary>
    public async Task StopAsync(TimeSpan limit)
    {
        Identity.Signal(ProcessSignal.Continue); // A node that stands still would not see the request to end.
        Identity.Signal(ProcessSignal.Terminate);
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await KillAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        Identity.Signal(ProcessSignal.Kill);
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    public Task WaitForExitAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    /// <summary>Closes the pipe: a node that still runs then stops by itself.</summary>
    public void Dispose() => _process.Dispose();

    /// <summary>The host that runs this very process, so that no other version is picked up from the path.</summary>
    private static string DotnetPath()
    {
        var host = Environment.ProcessPath;
        return host is not null && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
    }
}
