using ReplicatedBook.Simulation.Faults;

namespace ReplicatedBook.Simulation.Plan;

/// <summary>One run, spelled out: what is drawn once, each fault, and which operations of clients are left
/// out.</summary>
/// <param name="Plan">Sizes, timings, and the kinds of faults that are drawn per message or per start.</param>
/// <param name="Faults">Faults in the order in which they are set up.</param>
/// <param name="Kept">Numbers of the operations that each client makes, from 1; a client that is not named makes all
/// that there is time for.</param>
internal sealed record Schedule(
    SimulationPlan Plan, IReadOnlyList<FaultEvent> Faults, IReadOnlyDictionary<int, IReadOnlySet<int>> Kept)
{
    /// <summary>Name of the defect that this schedule finds; null when it is kept for another reason.</summary>
    public string? Finds { get; init; }

    /// <summary>The promise that the defect breaks here; null without one.</summary>
    public string? By { get; init; }

    /// <summary>Everything as it follows from a seed.</summary>
    /// <param name="plan">Drawn before.</param>
    public static Schedule Of(SimulationPlan plan) =>
        new(plan, FaultDraw.Draw(plan), new Dictionary<int, IReadOnlySet<int>>());

    /// <summary>Whether a client makes an operation.</summary>
    public bool Keeps(int client, int operation) =>
        !Kept.TryGetValue(client, out var kept) || kept.Contains(operation);

    /// <summary>Whether a client has nothing more to do after an operation.</summary>
    public bool IsLast(int client, int operation) =>
        Kept.TryGetValue(client, out var kept) && !kept.Any(number => number > operation);
}
