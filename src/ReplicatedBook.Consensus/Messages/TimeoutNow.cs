namespace ReplicatedBook.Consensus.Messages;

/// <summary>The leader hands over: the receiver campaigns at once (Ongaro 2014, 3.10).</summary>
public sealed record TimeoutNow(NodeId From, NodeId To, long Term) : RaftMessage(From, To, Term);
