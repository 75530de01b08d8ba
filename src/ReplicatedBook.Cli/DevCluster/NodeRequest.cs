namespace ReplicatedBook.Cli.DevCluster;

/// <summary>What another terminal may ask the supervisor to do with a node.</summary>
internal enum NodeRequest
{
    /// <summary>Start it again.</summary>
    Start = 0,

    /// <summary>Kill it.</summary>
    Kill = 1,

    /// <summary>Make it stand still.</summary>
    Pause = 2,

    /// <summary>Let it go on.</summary>
    Resume = 3,
}
