namespace ReplicatedBook.Simulation.Plan;

/// <summary>Kinds of faults; each is switched on with probability 1/2 per seed (swarm testing, Groce 2012).</summary>
[Flags]
internal enum FaultClass
{
    None = 0,
    Loss = 1 << 0,
    Duplication = 1 << 1,
    Reordering = 1 << 2,
    LateReplay = 1 << 3,
    SlowLinks = 1 << 4,
    Partitions = 1 << 5,
    Flapping = 1 << 6,
    Kills = 1 << 7,
    PowerLoss = 1 << 8,
    WholeClusterDown = 1 << 9,
    CrashInRecovery = 1 << 10,
    Pauses = 1 << 11,
    SlowDisks = 1 << 12,
    DiskErrors = 1 << 13,
    Clocks = 1 << 14,
    Transfers = 1 << 15,
    ForcedSnapshots = 1 << 16,
    ClientFaults = 1 << 17,
    TinyMessages = 1 << 18,
    TinyLimits = 1 << 19,
    AloneWrites = 1 << 20,
    Seesaws = 1 << 21,
    ShortReigns = 1 << 22,
    All = (1 << 23) - 1,
}
