namespace ReplicatedBook.Simulation.Disk;

/// <summary>The disk has failed, as the operating system would say with EIO.</summary>
internal sealed class DiskErrorException() : IOException("simulated disk error");
