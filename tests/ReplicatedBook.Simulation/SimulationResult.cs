using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation;

/// <summary>How one seed went.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Failure">Null when all promises were kept; else one line and the last events.</param>
/// <param name="Invariant">Name of the broken promise; null without one.</param>
/// <param name="TraceHash">Equal for equal runs.</param>
/// <param name="Steps">Events run.</param>
/// <param name="VirtualTime">Microseconds lived through.</param>
/// <param name="Committed">Entries committed.</param>
/// <param name="Operations">Operations that each client began, by its number from 1.</param>
/// <param name="Counters">How often what happened.</param>
internal sealed record SimulationResult(
    ulong Seed, string? Failure, string? Invariant, ulong TraceHash, long Steps, long VirtualTime, long Committed,
    IReadOnlyList<int> Operations, Counters Counters);
