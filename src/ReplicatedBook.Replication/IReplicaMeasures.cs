namespace ReplicatedBook.Replication;

/// <summary>Takes what the threads around a replica measure. Called on those threads, in the middle of their work: it
/// must be quick, allocate nothing and throw nothing.</summary>
/// <remarks>Only the host measures. The replica itself knows no clock, so what it does is timed from outside, by the
/// turn.</remarks>
public interface IReplicaMeasures
{
    /// <summary>A sync of a log segment returned.</summary>
    void LogSynced(TimeSpan took);

    /// <summary>What the replica gave to be written is durable.</summary>
    /// <param name="took">Since the first of the batches written together was given.</param>
    void Appended(TimeSpan took);

    /// <summary>A command that was proposed here has passed a stage.</summary>
    void CommandPassed(CommandStage stage, TimeSpan took);
}

/// <summary>Stages of a command on the node that leads.</summary>
public enum CommandStage : byte
{
    /// <summary>In the inbox, until the replica takes it.</summary>
    Queue = 0,

    /// <summary>From there until a majority has it, and the replica sets out to apply it.</summary>
    Replicate = 1,

    /// <summary>The turn of the replica in which it is applied, together with all that is applied with it.</summary>
    Apply = 2,

    /// <summary>From its answer until the request that waits for it goes on.</summary>
    Respond = 3,
}
