namespace ReplicatedBook.Consensus.Messages;

/// <summary>Answers <see cref="RequestVote"/>; a grant leaves only after the vote is durable.</summary>
public sealed record RequestVoteReply(NodeId From, NodeId To, long Term, bool IsGranted, bool IsPreVote)
    : RaftMessage(From, To, Term);
