using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Agents;

/// <summary>One node for all tests of agents; each has an instrument and accounts of its own.</summary>
[CollectionDefinition(nameof(AgentNode))]
public sealed class AgentNode : ICollectionFixture<NodeFixture>;
