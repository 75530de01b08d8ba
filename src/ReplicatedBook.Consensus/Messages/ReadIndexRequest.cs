namespace ReplicatedBook.Consensus.Messages;

/// <summary>A follower asks the leader for an index at which a strong read may be served (Ongaro 2014, 6.4).</summary>
/// <param name="RequestId">Chosen by the asking node; unique within its process.</param>
public sealed record ReadIndexRequest(NodeId From, NodeId To, long Term, long RequestId) : RaftMessage(From, To, Term);
