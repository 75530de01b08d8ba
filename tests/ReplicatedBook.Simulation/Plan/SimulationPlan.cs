using ReplicatedBook.Consensus;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Simulation.Plan;

/// <summary>All that is drawn once per seed: sizes, timings and which faults happen. Times are in
/// microseconds.</summary>
internal sealed partial record SimulationPlan
{
    /// <summary>Everything follows from it.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Time between two steps of Raft's clock. Long ones make cheap seeds: what matters is how many heartbeats
    /// an election timeout has, not how long either is.</summary>
    public required long TickInterval { get; init; }

    /// <summary>Members that found the cluster.</summary>
    public required int Nodes { get; init; }

    /// <summary>Machines that may join later, or come in the place of one that lost its disk.</summary>
    public required int Spares { get; init; }

    /// <summary>How long faults last.</summary>
    public required long FaultTime { get; init; }

    /// <summary>Which kinds of faults there are.</summary>
    public required FaultClass Faults { get; init; }

    /// <summary>Mean time between two faults of one kind.</summary>
    public required long FaultInterval { get; init; }

    /// <summary>Longest time a fault lasts, but for those that say otherwise.</summary>
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

    /// <summary>Messages whose bytes change on the way, of a thousand.</summary>
    public required int CorruptionPerMille { get; init; }

    /// <summary>Messages that one direction of a link holds; more are lost. 0 for no limit.</summary>
    public required int LinkQueue { get; init; }

    /// <summary>Whether what a node had sent still arrives after its crash.</summary>
    public required bool MessagesSurviveSender { get; init; }

    /// <summary>Mean of a sync, without faults.</summary>
    public required long SyncDelay { get; init; }

    /// <summary>How likely an unsynced sector or name survives power loss, of a thousand.</summary>
    public required int SectorKeptPerMille { get; init; }

    /// <summary>Clients.</summary>
    public required int Clients { get; init; }

    /// <summary>Requests that a client has under way at most.</summary>
    public required int Pipeline { get; init; }

    /// <summary>Orders in one batch at most.</summary>
    public required int MaxBatch { get; init; }

    /// <summary>Mean time a client thinks once all it asked is answered.</summary>
    public required long ThinkTime { get; init; }

    /// <summary>How long a client waits for an answer before it asks another node.</summary>
    public required long ClientTimeout { get; init; }

    /// <summary>How long a command may be executed at all, in cluster time; 0 for ever.</summary>
    public required long Deadline { get; init; }

    /// <summary>Longest time between an input and the turn that handles it, with all that arrived meanwhile.</summary>
    public required long TurnDelay { get; init; }

    /// <summary>Which mistake the host makes; none but in tests of the simulation itself.</summary>
    public PlantedDefect Defect { get; init; }

    /// <summary>Longest time without a leader a healthy cluster may have, in election timeouts of 2t (RELIABILITY 5.1,
    /// I16).</summary>
    public static int MaxElectionTimeouts => 20;

    /// <summary>Twice the shortest election timeout: the longest a node waits in silence.</summary>
    public long ElectionTimeout => 2 * Raft.ElectionTicks * TickInterval;

    /// <summary>Who founds the cluster.</summary>
    public Membership Founders => Membership.OfVoters(Enumerable.Range(1, Nodes).Select(NameOf));

    /// <summary>All machines, members or not.</summary>
    public int Machines => Nodes + Spares;

    /// <summary>Whether a kind of fault happens.</summary>
    public bool Has(FaultClass fault) => (Faults & fault) != 0;

    /// <summary>Name of the n-th node, from 1.</summary>
    public static NodeId NameOf(int number) => new($"n{number}");

    /// <summary>Number of a node by its name.</summary>
    public static int NumberOf(NodeId id) => int.Parse(id.Value.AsSpan(1), provider: null);
}
