namespace ReplicatedBook.Matching.Commands;

/// <summary>Says that a node is alive: the lease of its sessions of orders begins anew. Those of another run of the
/// node end.</summary>
/// <param name="Node">The node.</param>
/// <param name="Incarnation">Its present run.</param>
public readonly record struct RenewOrderSessions(string Node, long Incarnation);
