namespace ReplicatedBook.Matching.Commands;

/// <summary>Moves the cluster's time on, so that what is due happens although nothing else is written: orders end, dead
/// man's switches fire. The leader writes it.</summary>
public readonly record struct Tick;
