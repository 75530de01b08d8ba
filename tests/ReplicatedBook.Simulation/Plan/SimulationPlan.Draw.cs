using ReplicatedBook.Consensus;
using ReplicatedBook.Matching;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation.Plan;

/// <content>How a plan is drawn.</content>
internal sealed partial record SimulationPlan
{
    /// <summary>Requests that all clients of a cluster of three make per second, about.</summary>
    private const int RequestsPerSecond = 72;

    private const int BrokenAtlasesPerMille = 25;

    /// <summary>Draws a plan.</summary>
    /// <param name="seed">From which everything is drawn.</param>
    /// <param name="faultTime">How long faults last.</param>
    /// <param name="defect">The host's mistake.</param>
    /// <param name="focus">Kinds of faults that it has in any case.</param>
    /// <param name="among">Kinds of faults that it may have besides.</param>
    public static SimulationPlan Draw(
        ulong seed, long faultTime, PlantedDefect defect = PlantedDefect.None, FaultClass focus = FaultClass.None,
        FaultClass among = FaultClass.All)
    {
        var chance = new RandomStream(seed, "plan");
        var faults = ((FaultClass)chance.NextBits() & among & FaultClass.All) | focus;
        var isBroken = focus == FaultClass.None && among == FaultClass.All
            && new RandomStream(seed, "atlas").Chance(BrokenAtlasesPerMille);
        faults |= isBroken ? FaultClass.BrokenAtlas : FaultClass.None;
        var nodes = chance.Number(0, 9) switch { < 6 => 3, < 9 => 5, _ => 7 };
        var tickInterval = chance.Chance(50) ? 10_000 : chance.Between(3, 10) * 10_000;
        var raft = DrawRaft(chance, faults);
        var slowest = raft.ElectionTicks * tickInterval / 6; // Slower ones make elections by themselves.
        var (clients, pipeline) = ((int)chance.Skewed(1, 8), (int)chance.Skewed(1, 16));
        var deadline = (faults & FaultClass.Deadlines) != 0 ? chance.Between(1_000_000, 10_000_000) : 0;
        return new SimulationPlan
        {
            Seed = seed,
            TickInterval = tickInterval,
            Nodes = nodes,
            Spares = (faults & FaultClass.Memberships) != 0 ? 4 : 0,
            FaultTime = faultTime,
            Faults = faults,
            FaultInterval = chance.Between(2_000_000, 12_000_000),
            MaxFaultLength = chance.Between(300_000, 6_000_000),
            Raft = raft,
            Replica = DrawReplica(chance, faults, deadline),
            Storage = new StorageOptions { SegmentBytes = chance.Skewed(StorageOptions.MinSegmentBytes, 1 << 14) },
            NetworkDelay = Math.Min(
                slowest, chance.Chance(800) ? chance.Skewed(200, 20_000) : chance.Skewed(1_000, 100_000)),
            LossPerMille = chance.Number(5, 300),
            DuplicationPerMille = chance.Number(5, 200),
            CorruptionPerMille = chance.Number(1, 50),
            LinkQueue = (faults & FaultClass.TightQueues) != 0 ? chance.Number(2, 20) : 0,
            MessagesSurviveSender = chance.Chance(500),
            SyncDelay = chance.Skewed(50, 10_000),
            SectorKeptPerMille = chance.Number(0, 10) * 100,
            Clients = clients,
            Pipeline = pipeline,
            MaxBatch = (int)chance.Skewed(1, 64),
            ThinkTime = clients * (1 + (pipeline / 2)) * 1_000_000 / RequestsPerSecond * (nodes + 1) / 4,
            ClientTimeout = chance.Between(200_000, 1_500_000),
            Deadline = deadline,
            TurnDelay = chance.Skewed(0, 3_000),
            Defect = defect,
        };
    }

    private static RaftConfig DrawRaft(RandomStream chance, FaultClass faults)
    {
        var tinyMessages = (faults & FaultClass.TinyMessages) != 0;
        var tinyLimits = (faults & FaultClass.TinyLimits) != 0;
        var electionTicks = chance.Number(3, 12);
        return new RaftConfig
        {
            Id = default,
            Seed = 0,
            ElectionTicks = electionTicks,
            HeartbeatTicks = chance.Number(1, electionTicks / 3),
            MaxEntriesPerAppend = tinyMessages ? (int)chance.Skewed(1, 16) : 256,
            MaxBytesPerAppend = tinyMessages ? chance.Number(1, 2000) : 1 << 18,
            MaxInflightAppends = tinyMessages ? chance.Number(1, 4) : 64,
            MaxInflightBytes = tinyMessages ? chance.Number(1, 8000) : 1 << 20,
            MaxSnapshotChunkBytes = tinyMessages ? chance.Number(256, 4096) : 1 << 16,
            MaxUncommittedEntries = tinyLimits ? chance.Number(2, 20) : 10_000,
            MaxPendingReads = tinyLimits ? chance.Number(1, 4) : 1_000,
        };
    }

    private static ReplicaOptions DrawReplica(RandomStream chance, FaultClass faults, long deadline) => new()
    {
        Raft = null!,
        Limits = new ExchangeLimits
        {
            // With deadlines keys may be forgotten once no copy of a request can be executed any more.
            MaxRequestKeys = deadline > 0 ? chance.Number(40, 200) : 1_000_000,
            MinRequestKeyAge = deadline > 0 ? deadline : 600_000_000,
            MaxTrades = chance.Number(8, 64),
            MaxOpenOrders = chance.Number(20, 100),
            MaxClosedOrders = chance.Number(20, 100),
            MaxClosedOrdersPerAccount = chance.Number(10, 50),
        },
        SnapshotEveryEntries = chance.Chance(100) ? chance.Between(5, 30) : chance.Between(30, 500),
        KeepEntries = chance.Skewed(0, 100),
        MaxUncommittedEntries = (faults & FaultClass.TinyLimits) != 0 ? chance.Number(2, 20) : 10_000,
        MaxEntryRecords = 512,
        MaxFeedEntries = 128,
        MaxFeedBytes = 1 << 16,
        SnapshotItemsPerTurn = chance.Number(50, 1_000),
    };
}
