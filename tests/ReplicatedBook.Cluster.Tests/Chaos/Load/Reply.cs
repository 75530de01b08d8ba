using ReplicatedBook.Simulation.Histories;

namespace ReplicatedBook.Cluster.Tests.Chaos.Load;

/// <summary>What a node answered.</summary>
/// <param name="Node">Which node.</param>
/// <param name="Index">Rb-Index: of the entry that carried the request, or at which a read was evaluated.</param>
/// <param name="Term">Rb-Term.</param>
/// <param name="Digest">Rb-Digest: of the state after that index.</param>
/// <param name="Code">Code of the refusal; empty when there was none.</param>
/// <param name="EffectIndex">Index of the entry that first carried the request, from its receipt; 0 for reads and where
/// it was not told.</param>
/// <param name="Balance">Money there is after it, in units; null where it was not told.</param>
/// <param name="Answer">For an order: how it was answered.</param>
/// <param name="Shown">For an order: the order as shown.</param>
/// <param name="Text">All of the answer that must be equal when it is repeated.</param>
internal sealed record Reply(
    string Node, long Index, long Term, string Digest, string Code, long EffectIndex, long? Balance,
    OrderAnswer Answer, RestingOrder? Shown, string Text);
