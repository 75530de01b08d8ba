namespace ReplicatedBook.Cli.DevCluster;

/// <summary>The signals that a development cluster sends.</summary>
public enum ProcessSignal
{
    /// <summary>SIGTERM: end in good order.</summary>
    Terminate = 0,

    /// <summary>SIGKILL: end at once, as by a crash.</summary>
    Kill = 1,

    /// <summary>SIGSTOP: stand still, as by a long pause.</summary>
    Stop = 2,

    /// <summary>SIGCONT: go on.</summary>
    Continue = 3,
}
