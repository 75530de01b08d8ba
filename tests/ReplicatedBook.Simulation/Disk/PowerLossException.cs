namespace ReplicatedBook.Simulation.Disk;

/// <summary>The process ended in the middle of a disk operation: nothing after it happens.</summary>
internal sealed class PowerLossException() : Exception("the process ends here");
