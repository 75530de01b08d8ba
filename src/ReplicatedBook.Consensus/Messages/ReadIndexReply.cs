namespace ReplicatedBook.Consensus.Messages;

/// <summary>Answers <see cref="ReadIndexRequest"/>, after a round of heartbeats that began after the request
/// arrived.</summary>
/// <param name="RequestId">The request's number.</param>
/// <param name="Index">The index to wait for; -1 when the receiver could not confirm that it leads.</param>
public sealed record ReadIndexReply(NodeId From, NodeId To, long Term, long RequestId, long Index)
    : RaftMessage(From, To, Term);
