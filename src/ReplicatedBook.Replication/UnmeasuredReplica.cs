namespace ReplicatedBook.Replication;

/// <summary>Where nobody wants to know.</summary>
internal sealed class UnmeasuredReplica : IReplicaMeasures
{
    public static UnmeasuredReplica Instance { get; } = new();

    /// <inheritdoc/>
    public void LogSynced(TimeSpan took)
    {
    }

    /// <inheritdoc/>
    public void Appended(TimeSpan took)
    {
    }

    /// <inheritdoc/>
    public void CommandPassed(CommandStage stage, TimeSpan took)
    {
    }
}
