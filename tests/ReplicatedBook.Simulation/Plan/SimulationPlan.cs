using ReplicatedBook.Consensus;
using ReplicatedBook.Matching;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation.Plan;

/// <summary>All that is drawn once per seed: sizes, timings and which faults happen. Times are in
/// microseconds.</summary>
internal sealed record SimulationPlan
{
    /// <summary>Time between two steps of Raft's clock.</summary>
    public const long TickInterval = 10_000;

    /// <summary>Everything follows from it.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Members of the cluster.</summary>
    public required int Nodes { get; init; }

    /// <summary>Clients, each with one request under way; more of them make longer logs that are not committed
    /// yet.</summary>
    public required int Clients { get; init; }

    /// <summary>How long faults last.</summary>
    public required long FaultTime { get; init; }

    /// <summary>Which kinds of faults there are.</summary>
    public required FaultClass Faults { get; init; }

    /// <summary>Mean time between two faults of one kind.</summary>
    public required long FaultInterval { get; init; }

    /// <summary>Longest time a fault lasts.</summary>
    public required long MaxFaultLength { get; init; }

    /// <summary>Settings of consensus; node and seed are set per start.</summary>
    public required RaftConfig Raft { get; init; }

    /// <summary>Settings of replicas; consensus is set per start.</summary>
    public required ReplicaOptions Replica { get; init; }

    /// <summary>Settings of storage.</summary>
    public required StorageOptions Storage { get; init; }

    /// <summary>Mean of a message's way, without faults.</summary>
    public required long NetworkDelay { get; init; }

    /// <summary>Messages lost, of a thousand.</summary>
    public required int LossPerMille { get; init; }

    /// <summary>Messages that arrive twice, of a thousand.</summary>
    public required int DuplicationPerMille { get; init; }

    /// <summary>Whether what a node had sent still arrives after its crash.</summary>
    public required bool MessagesSurviveSender { get; init; }

    /// <summary>Mean of a sync, without faults.</summary>
    public required long SyncDelay { get; init; }

    /// <summary>How likely an unsynced sector or name survives power loss, of a thousand.</summary>
    public required int SectorKeptPerMille { get; init; }

    /// <summary>Mean time a client thinks between two requests.</summary>
    public required long ThinkTime { get; init; }

    /// <summary>How long a client waits for an answer before it asks another node.</summary>
    public required long ClientTimeout { get; init; }

    /// <summary>Longest time between an input and the turn that handles it, with all that arrived meanwhile.</summary>
    public required long TurnDelay { get; init; }

    /// <summary>Which mistake the host makes; none but in tests of the simulation itself.</summary>
    public PlantedDefect Defect { get; init; }

    /// <summary>Longest time without a leader a healthy cluster may have, in election timeouts of 2t (RELIABILITY 5.1,
    /// I16).</summary>
    public static int MaxElectionTimeouts => 20;

    /// <summary>Twice the shortest election timeout: the longest a node waits in silence.</summary>
    public long ElectionTimeout => 2 * Raft.ElectionTicks * TickInterval;

    /// <summary>Whether a kind of fault happens.</summary>
    public bool Has(FaultClass fault) => (Faults & fault) != 0;

    /// <summary>Draws a plan.</summary>
    /// <param name="seed">From which everything is drawn.</param>
    /// <param name="faultTime">How long faults last.</param>
    /// <param name="defect">The host's mistake.</param>
    public static SimulationPlan Draw(ulong seed, long faultTime, PlantedDefect defect = PlantedDefect.None)
    {
        var chance = new RandomStream(seed, "plan");
        var faults = (FaultClass)chance.Between(0, (long)FaultClass.All);
        var nodes = chance.Chance(650) ? 3 : 5;
        var electionTicks = chance.Number(10, 40);
        var tinyMessages = (faults & FaultClass.TinyMessages) != 0;
        var tinyLimits = (faults & FaultClass.TinyLimits) != 0;
        return new SimulationPlan
        {
            Seed = seed,
            Nodes = nodes,
            Clients = (int)chance.Skewed(1, 24),
            FaultTime = faultTime,
            Faults = faults,
            FaultInterval = chance.Between(500_000, 3_000_000),
            MaxFaultLength = chance.Between(300_000, 4_000_000),
            Raft = new RaftConfig
            {
                Id = default,
                Seed = 0,
                ElectionTicks = electionTicks,
                HeartbeatTicks = chance.Number(1, electionTicks / 3),
                MaxEntriesPerAppend = tinyMessages ? (int)chance.Skewed(1, 16) : 256,
                MaxBytesPerAppend = tinyMessages ? chance.Number(1, 2000) : 1 << 18,
                MaxInflightAppends = tinyMessages ? chance.Number(1, 4) : 64,
                MaxInflightBytes = tinyMessages ? chance.Number(1, 8000) : 1 << 20,
                MaxSnapshotChunkBytes = tinyMessages ? chance.Number(64, 4096) : 1 << 16,
                MaxUncommittedEntries = tinyLimits ? chance.Number(2, 20) : 10_000,
                MaxPendingReads = tinyLimits ? chance.Number(1, 4) : 1_000,
            },
            Replica = new ReplicaOptions
            {
                Raft = null!,
                Bootstrap = Membership.OfVoters(Enumerable.Range(1, nodes).Select(NameOf)),
                Limits = new ExchangeLimits
                {
                    MaxTrades = chance.Number(16, 256),
                    MaxOpenOrders = chance.Number(50, 500),
                    MaxClosedOrders = chance.Number(50, 500),
                    MaxClosedOrdersPerAccount = chance.Number(20, 200),
                },
                SnapshotEveryEntries = chance.Skewed(20, 500),
                KeepEntries = chance.Skewed(0, 100),
                MaxUncommittedEntries = tinyLimits ? chance.Number(2, 20) : 10_000,
                MaxEntryRecords = 2048,
                MaxFeedEntries = 256,
                MaxFeedBytes = 1 << 18,
            },
            Storage = new StorageOptions { SegmentBytes = chance.Skewed(StorageOptions.MinSegmentBytes, 1 << 16) },
            NetworkDelay = chance.Skewed(100, 20_000),
            LossPerMille = chance.Number(5, 200),
            DuplicationPerMille = chance.Number(5, 200),
            MessagesSurviveSender = chance.Chance(500),
            SyncDelay = chance.Skewed(50, 10_000),
            SectorKeptPerMille = chance.Number(0, 10) * 100,
            ThinkTime = chance.Skewed(500, 50_000),
            ClientTimeout = chance.Between(200_000, 1_500_000),
            TurnDelay = chance.Skewed(0, 3_000),
            Defect = defect,
        };
    }

    /// <summary>Name of the n-th node, from 1.</summary>
    public static NodeId NameOf(int number) => new($"n{number}");

    /// <summary>Number of a node by its name.</summary>
    public static int NumberOf(NodeId id) => int.Parse(id.Value.AsSpan(1), provider: null);
}
