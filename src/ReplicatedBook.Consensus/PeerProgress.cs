namespace ReplicatedBook.Consensus;

/// <summary>What the leader knows of one peer.</summary>
/// <param name="Id">The peer.</param>
/// <param name="MatchIndex">Last index known to be durable there.</param>
/// <param name="TicksSinceContact">Clock ticks since its last answer.</param>
public readonly record struct PeerProgress(NodeId Id, long MatchIndex, int TicksSinceContact);
