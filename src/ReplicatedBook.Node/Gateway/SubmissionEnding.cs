namespace ReplicatedBook.Node.Gateway;

/// <summary>How a submission ended.</summary>
internal enum SubmissionEnding
{
    /// <summary>Applied; the exchange may still have refused it.</summary>
    Applied,

    /// <summary>In the leader's log, which was all that was asked for.</summary>
    Appended,

    /// <summary>Surely not in the log: no leader was found in time.</summary>
    NoLeader,

    /// <summary>Surely not in the log: too much is waiting.</summary>
    Overloaded,

    /// <summary>Surely not in the log: this node is stopping.</summary>
    ShuttingDown,

    /// <summary>Surely not in the log: this node's state is not the majority's.</summary>
    Diverged,

    /// <summary>Surely not in the log: not all nodes carry the command out yet.</summary>
    NotSupported,

    /// <summary>Surely not in the log: the leader's disk is full.</summary>
    StorageFull,

    /// <summary>It may be in the log, or get there; never to be taken for a failure.</summary>
    Unknown,
}
