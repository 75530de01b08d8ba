namespace ReplicatedBook.Simulation.Faults;

/// <summary>What a scheduled fault does.</summary>
internal enum FaultKind
{
    /// <summary>Ends a process, for a length; with the machine's power or without.</summary>
    Stop,

    /// <summary>Holds a process for a length.</summary>
    Pause,

    /// <summary>Lets nothing through on some links for a length.</summary>
    Cut,

    /// <summary>Cuts one node off from all others for a length.</summary>
    Isolate,

    /// <summary>Adds an amount to the way of all messages of some links, for a length.</summary>
    SlowLinks,

    /// <summary>A disk takes so many times longer, for a length.</summary>
    SlowDisk,

    /// <summary>Turns and disk of a node take so many times longer, for a length.</summary>
    SlowNode,

    /// <summary>A disk operation fails, after an amount of others.</summary>
    BreakDisk,

    /// <summary>A disk has no room for a length.</summary>
    FillDisk,

    /// <summary>The process ends at a boundary, after an amount of others: disk operations, messages,
    /// answers.</summary>
    CrashAt,

    /// <summary>An operator asks a node to hand over; to the node of the amount, or 0 for any.</summary>
    Transfer,

    /// <summary>A machine that is no member joins, learns, and is given its vote.</summary>
    AddMember,

    /// <summary>A member is removed.</summary>
    RemoveMember,

    /// <summary>Another machine joins, then a member is removed.</summary>
    ReplaceMember,

    /// <summary>A member's disk is gone for good; another machine comes in its place.</summary>
    LoseDisk,

    /// <summary>A process is ended, and its disk holds other bytes when it starts again.</summary>
    Damage,

    /// <summary>As <see cref="Damage"/>, whatever the others hold.</summary>
    DamageAnyway,

    /// <summary>As <see cref="Damage"/>, in the file with term and vote.</summary>
    DamageVote,

    /// <summary>A process is ended, and starts again as a newer program.</summary>
    Upgrade,

    /// <summary>The others lose their connection to a node and make a new one.</summary>
    Reset,

    /// <summary>An operator asks for a snapshot.</summary>
    Snapshot,

    /// <summary>A snapshot is asked for at every turn for a length.</summary>
    SnapshotStorm,

    /// <summary>The leader is cut off for a length, and leads again soon after (both times with proposals).</summary>
    Seesaw,

    /// <summary>The leader's entries reach nobody until another leads, whose own reach nobody either; the first leads
    /// again, brings its old entries to a majority, falls, and the second comes back.</summary>
    OldEntries,

    /// <summary>The leader and some that follow it are cut off from the rest for a length, and both sides are asked for
    /// strong reads.</summary>
    StaleReads,
}
