using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Invariants;
using ReplicatedBook.Simulation.Network;
using ReplicatedBook.Simulation.Nodes;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation;

/// <summary>What all parts of one simulation share.</summary>
internal sealed class World
{
    /// <summary>An empty world.</summary>
    public World(Schedule schedule)
    {
        Schedule = schedule;
        Trace = new Trace(Scheduler);
        Network = new SimulatedNetwork(this);
        Observer = new Observer(this);
    }

    /// <summary>What is to happen.</summary>
    public Schedule Schedule { get; }

    /// <summary>What is drawn once.</summary>
    public SimulationPlan Plan => Schedule.Plan;

    /// <summary>Virtual time.</summary>
    public Scheduler Scheduler { get; } = new();

    /// <summary>What happened.</summary>
    public Trace Trace { get; }

    /// <summary>How often what happened.</summary>
    public Counters Counters { get; } = new();

    /// <summary>Between nodes.</summary>
    public SimulatedNetwork Network { get; }

    /// <summary>Sees everything, changes nothing.</summary>
    public Observer Observer { get; }

    /// <summary>Whether faults have ended for good.</summary>
    public bool IsHealthy { get; set; }

    /// <summary>Whether every founder holds what makes it a voter for good. Until then a cluster is as young as its
    /// first entry: whoever founds one begins again where that fails.</summary>
    public bool IsFounded { get; set; }

    /// <summary>Whether things go wrong now.</summary>
    public bool IsFaulty => IsFounded && !IsHealthy;

    /// <summary>Told when a node begins to lead.</summary>
    public Action<SimulatedNode>? LeaderElected { get; set; }

    /// <summary>A stream of this seed; see <see cref="RandomStream"/>.</summary>
    public RandomStream Chance(string purpose, long which = 0, long occurrence = 0) =>
        new(Plan.Seed, purpose, which, occurrence);
}
