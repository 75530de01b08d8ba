namespace ReplicatedBook.Consensus;

/// <summary>What a node must never forget: durable before any message that depends on it leaves (Raft paper, figure
/// 2).</summary>
/// <param name="Term">Latest term this node has seen; starts at 0 and only grows.</param>
/// <param name="VotedFor">Who got this node's vote in <paramref name="Term"/>; null when nobody did.</param>
public readonly record struct HardState(long Term, NodeId? VotedFor);
