namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>Thrown by a disk in place of an operation during which the process ended.</summary>
internal sealed class ProcessEndedException : Exception;
