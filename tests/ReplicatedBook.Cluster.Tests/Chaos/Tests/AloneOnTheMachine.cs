using Xunit;

namespace ReplicatedBook.Cluster.Tests.Chaos.Tests;

/// <summary>Tests that need the machine for themselves: they run when all others are done, one after the
/// other.</summary>
[CollectionDefinition(nameof(AloneOnTheMachine), DisableParallelization = true)]
public sealed class AloneOnTheMachine;
