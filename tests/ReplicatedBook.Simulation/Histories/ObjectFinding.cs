namespace ReplicatedBook.Simulation.Histories;

/// <summary>What was found about one object.</summary>
/// <param name="Object">Its name.</param>
/// <param name="Operations">How many operations it has.</param>
/// <param name="Finding">The verdict.</param>
internal readonly record struct ObjectFinding(string Object, int Operations, Finding Finding);
