namespace ReplicatedBook.Cli.DevCluster;

/// <summary>The nodes that this process holds, and the state file that tells of them. One caller at a time.</summary>
internal sealed class DevClusterNodes(DevClusterFolder folder, IReadOnlyList<NodePlan> plans) : IDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, NodeProcess> _processes = [];

    private DevClusterState _state = new(
        ProcessIdentity.Current, [.. plans.Select(plan => new NodeState(plan, null, Paused: false))]);

    public void StartAll()
    {
        folder.WriteState(_state); // Before the first node: whoever looks then finds a supervisor.
        foreach (var plan in plans)
        {
            Start(plan);
        }
    }

    /// <summary>Nodes that ended though nobody here ended them; each is told once.</summary>
    public IReadOnlyList<NodeProcess> TakeEnded()
    {
        var ended = _processes.Values.Where(process => process.HasExited).ToArray();
        foreach (var process in ended)
        {
            Forget(process.Plan.Name);
        }

        return ended;
    }

    /// <summary>Carries out what another terminal asked for.</summary>
    /// <returns>One line for people; null when there was nothing to do.</returns>
    public async Task<string?> CarryOutAsync(NodeRequest request, string name)
    {
        var plan = plans.FirstOrDefault(plan => plan.Name == name);
        var process = _processes.GetValueOrDefault(name);
        switch (request)
        {
            case NodeRequest.Start when plan is not null && process is null:
                Start(plan);
                return $"{name} started again";
            case NodeRequest.Kill when process is not null:
                await process.KillAsync();
                Forget(name);
                return $"{name} killed";
            case NodeRequest.Pause when process is not null:
                Mark(process, ProcessSignal.Stop, isPaused: true);
                return $"{name} paused";
            case NodeRequest.Resume when process is not null:
                Mark(process, ProcessSignal.Continue, isPaused: false);
                return $"{name} goes on";
            default:
                return null;
        }
    }

    /// <summary>Stops all in good order, by force those that take too long, and takes the state file away.</summary>
    public async Task StopAllAsync()
    {
        await Task.WhenAll(_processes.Values.Select(process => process.StopAsync(StopLimit)));
        folder.DeleteState();
    }

    public void Dispose()
    {
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }
    }

    private void Start(NodePlan plan)
    {
        var process = NodeProcess.Start(plan);
        _processes[plan.Name] = process;
        Write(new NodeState(plan, process.Identity, Paused: false));
    }

    private void Mark(NodeProcess process, ProcessSignal signal, bool isPaused)
    {
        process.Identity.Signal(signal);
        Write(new NodeState(process.Plan, process.Identity, isPaused));
    }

    private void Forget(string name)
    {
        _processes.Remove(name, out var process);
        process!.Dispose();
        Write(new NodeState(process.Plan, null, Paused: false));
    }

    private void Write(NodeState changed)
    {
        _state = _state.With(changed);
        folder.WriteState(_state);
    }
}
