namespace ReplicatedBook.Node.Tests.Running;

/// <summary>Tests that measure the process: they run when all others are done, one after the other.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
