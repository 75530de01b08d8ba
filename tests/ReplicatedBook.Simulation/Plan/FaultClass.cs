namespace ReplicatedBook.Simulation.Plan;

/// <summary>Kinds of faults; each is switched on with probability 1/2 per seed (swarm testing, Groce 2012).</summary>
[Flags]
internal enum FaultClass : long
{
    None = 0,
    Loss = 1L << 0,
    Duplication = 1L << 1,
    Reordering = 1L << 2,
    LateReplay = 1L << 3,
    SlowLinks = 1L << 4,
    Partitions = 1L << 5,
    Flapping = 1L << 6,
    Kills = 1L << 7,
    PowerLoss = 1L << 8,
    WholeClusterDown = 1L << 9,
    CrashInRecovery = 1L << 10,
    Pauses = 1L << 11,
    SlowDisks = 1L << 12,
    DiskErrors = 1L << 13,
    Clocks = 1L << 14,
    Transfers = 1L << 15,
    ForcedSnapshots = 1L << 16,
    ClientFaults = 1L << 17,
    TinyMessages = 1L << 18,
    TinyLimits = 1L << 19,
    AloneWrites = 1L << 20,
    Seesaws = 1L << 21,
    ShortReigns = 1L << 22,

    /// <summary>Bytes change on the way: the frame's checksum finds it, and the link drops the message.</summary>
    Corruption = 1L << 23,

    /// <summary>Links hold a few messages only.</summary>
    TightQueues = 1L << 24,

    /// <summary>Links are clogged one after the other and freed in another order (FoundationDB's
    /// swizzle-clogging).</summary>
    Swizzles = 1L << 25,

    /// <summary>Pauses of up to half a minute.</summary>
    LongPauses = 1L << 26,

    /// <summary>All that one node does takes ten times as long.</summary>
    SlowNodes = 1L << 27,

    /// <summary>Commands carry a deadline, and the exchange remembers few requests.</summary>
    Deadlines = 1L << 28,

    /// <summary>A node stops at a drawn boundary: before a disk operation, after a sync, between two messages, before
    /// an answer.</summary>
    CrashPoints = 1L << 29,

    /// <summary>A finished write is reported late, so that all that waits for it, applying too, is late.</summary>
    LateReports = 1L << 30,

    /// <summary>For a while a snapshot is taken after every entry.</summary>
    SnapshotStorms = 1L << 31,

    /// <summary>Appends with entries are dropped now and then, so that leaders probe.</summary>
    ForcedProbes = 1L << 32,

    /// <summary>Leaders that were cut off are asked for reads through those that still follow them.</summary>
    StaleReads = 1L << 33,

    /// <summary>Disks without room for a while.</summary>
    FullDisks = 1L << 34,

    /// <summary>Members are added, promoted, removed, replaced, also after the loss of a disk.</summary>
    Memberships = 1L << 35,

    /// <summary>What a disk holds changes while the machine is down: bits, sectors, whole files.</summary>
    Damage = 1L << 36,

    /// <summary>Connections are reset, also of processes that live.</summary>
    Resets = 1L << 37,

    /// <summary>The file with term and vote changes while the machine is down.</summary>
    VoteDamage = 1L << 38,

    /// <summary>Founders begin with programs of different feature levels, and are upgraded one by one.</summary>
    MixedVersions = 1L << 39,

    /// <summary>Figure 8 of the Raft paper, act by act.</summary>
    OldEntries = 1L << 40,

    /// <summary>All kinds within what the cluster must survive.</summary>
    All = (1L << 41) - 1,

    /// <summary>More nodes are damaged than may be: the cluster may stop for good, and may not answer wrongly. Drawn in
    /// few seeds, since what follows is short.</summary>
    BrokenAtlas = 1L << 41,
}
