namespace ReplicatedBook.Cli.DevCluster;

/// <summary>One node in the state file.</summary>
/// <param name="Plan">How to start it.</param>
/// <param name="Process">Its process; null while it was never started. It may have ended since.</param>
/// <param name="Paused">Whether it was told to stand still.</param>
internal sealed record NodeState(NodePlan Plan, ProcessIdentity? Process, bool Paused)
{
    public string Name => Plan.Name;

    public bool IsRunning => Process?.IsAlive == true;
}
