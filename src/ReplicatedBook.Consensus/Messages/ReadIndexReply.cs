namespace ReplicatedBook.Consensus.Messages;

/// <summary>Answers <see cref="ReadIndexRequest"/>, after a round of heartbeats that began after the request
/// arrived.</summary>
/// <param name="RequestId">The request's number.</param>
/// <param name="Index">The index to wait for; -1 when the receiver could not confirm that it leads.</param>
/// <param name="LeaderLastIndex">Last index of the leader's log when it answered, for a node that has said that it may
/// lack entries, which is whole once it has all of these; else 0.</param>
public sealed record ReadIndexReply(
    NodeId From, NodeId To, long Term, long RequestId, long Index, long LeaderLastIndex = 0)
    : RaftMessage(From, To, Term);
