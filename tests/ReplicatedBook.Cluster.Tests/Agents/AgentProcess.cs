using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using ReplicatedBook.Cli.DevCluster;
using ReplicatedBook.Cluster.Tests.Processes;

namespace ReplicatedBook.Cluster.Tests.Agents;

/// <summary>One agent as a user runs it: <c>rb agent run</c> as a process, of which all that it tells is kept. Ends
/// with this.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<JsonElement> _told = [];
    private readonly ConcurrentQueue<string> _errors = [];

    private AgentProcess(Process process) => _process = process;

    /// <summary>All that it told so far.</summary>
    public IReadOnlyList<JsonElement> Told => [.. _told];

    /// <summary>Starts it.</summary>
    /// <param name="arguments">Of rb; <c>-o json</c> is added.</param>
    /// <param name="environment">Further variables.</param>
    public static AgentProcess Start(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var agent = new AgentProcess(RbProcess.Start([.. arguments, "-o", "json"], environment: environment));
        agent._process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                agent._told.Enqueue(JsonElement.Parse(text));
            }
        };
        agent._process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                agent._errors.Enqueue(text);
            }
        };
        agent._process.BeginOutputReadLine();
        agent._process.BeginErrorReadLine();
        return agent;
    }

    /// <summary>How often it told something.</summary>
    public int Count(string what) => _told.Count(told => told.GetProperty("event").GetString() == what);

    /// <summary>Waits until it has told something so often.</summary>
    public Task WaitAsync(string what, int times) => Patience.UntilAsync(
        () => Task.FromResult(
            _process.HasExited ? throw new InvalidOperationException($"it ended:\n{Tail()}")
            : Count(what) >= times ? this : null),
        Limit, () => $"it told '{what}' {Count(what)} times of {times}:\n{Tail()}");

    /// <summary>Ends it in good order (SIGTERM); its exit code.</summary>
    public async Task<int> StopAsync()
    {
        ProcessIdentity.Of(_process.Id)?.Signal(ProcessSignal.Terminate);
        using var patience = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
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

    private string Tail() => string.Join('\n', Told.TakeLast(20).Select(told => told.GetRawText()).Concat(_errors));
}
