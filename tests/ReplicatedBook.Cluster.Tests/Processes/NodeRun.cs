using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using ReplicatedBook.Cli.DevCluster;
using ReplicatedBook.Client;

namespace ReplicatedBook.Cluster.Tests.Processes;

/// <summary>One node process, a cluster of its own or a member of one, of which all that it prints is kept. Ends with
/// this.</summary>
internal sealed class NodeRun : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];

    private NodeRun(Process process) => _process = process;

    /// <summary>Of the process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>All lines so far, of both outputs.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>Starts the node program.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables beyond those of this process.</param>
    public static NodeRun Start(
        string folder, IEnumerable<string> arguments, params IReadOnlyList<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1, // Every byte is kept as it came.
            Environment = { ["RB_EXIT_WITH_STDIN"] = "1" },
        };
        start.ArgumentList.Add(NodeProgram.Find());
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var run = new NodeRun(Process.Start(start)!);
        run._process.OutputDataReceived += run.Keep;
        run._process.ErrorDataReceived += run.Keep;
        run._process.BeginOutputReadLine();
        run._process.BeginErrorReadLine();
        return run;
    }

    /// <summary>Waits until it is ready to take commands.</summary>
    public Task WaitReadyAsync(ReplicatedBookClient client) => Patience.UntilAsync(
        async () => _process.HasExited
            ? throw new InvalidOperationException($"it ended:\n{string.Join('\n', Lines)}")
            : await client.CreateAccountAsync(new()) is { IsCommitted: true } made ? made : null,
        Limit, () => $"it did not become ready:\n{string.Join('\n', Lines)}");

    /// <summary>Waits until it ends; its exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it in good order.</summary>
    public async Task<int> StopAsync()
    {
        _process.StandardInput.Close();
        return await WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text)
        {
            _lines.Enqueue(text);
        }
    }
}
