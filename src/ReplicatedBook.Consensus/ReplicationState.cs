namespace ReplicatedBook.Consensus;

/// <summary>How a leader feeds one follower.</summary>
internal enum ReplicationState : byte
{
    /// <summary>Looks for the point where the logs agree: one message at a time.</summary>
    Probe = 0,

    /// <summary>Knows that point: sends ahead without waiting, as far as the window allows.</summary>
    Replicate = 1,

    /// <summary>The entries needed are gone: sends a snapshot, piece by piece, and no entries.</summary>
    Snapshot = 2,
}
