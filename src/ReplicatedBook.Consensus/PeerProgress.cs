namespace ReplicatedBook.Consensus;

/// <summary>What the leader knows of one peer.</summary>
/// <param name="Id">The peer.</param>
/// <param name="MatchIndex">Last index known to be durable there.</param>
/// <param name="TicksSinceContact">Clock ticks since its last answer.</param>
/// <param name="IsVoter">Whether it votes.</param>
/// <param name="IsSentSnapshot">Whether it is being sent a snapshot because its entries are gone.</param>
public readonly record struct PeerProgress(
    NodeId Id, long MatchIndex, int TicksSinceContact, bool IsVoter, bool IsSentSnapshot);
