namespace ReplicatedBook.Cli.DevCluster;

/// <summary>Deals with what an earlier supervisor left behind.</summary>
internal static class LeftOver
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>Why a second one is refused.</summary>
    public static UsageException Running(DevClusterState state) => new(
        $"a development cluster is already running (supervisor {state.Supervisor.Pid}); 'rb dev down' stops it");

    /// <summary>Waits until its nodes have ended, as they do by themselves once it is gone; those that stand still are
    /// helped.</summary>
    /// <exception cref="UsageException">The supervisor is still there.</exception>
    public static async Task EndAsync(DevClusterState left)
    {
        if (left.IsSupervised)
        {
            throw Running(left);
        }

        var running = left.Nodes.Where(node => node.IsRunning).Select(node => node.Process!).ToArray();
        foreach (var process in running)
        {
            process.Signal(ProcessSignal.Continue);
            process.Signal(ProcessSignal.Terminate);
        }

        var until = DateTime.UtcNow + Limit;
        while (running.Any(process => process.IsAlive))
        {
            if (DateTime.UtcNow > until)
            {
                foreach (var process in running)
                {
                    process.Signal(ProcessSignal.Kill);
                }
            }

            await Task.Delay(LookAgain);
        }
    }
}
