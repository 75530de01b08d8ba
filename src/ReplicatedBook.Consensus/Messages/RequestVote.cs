namespace ReplicatedBook.Consensus.Messages;

/// <summary>Asks for a vote (Raft paper, 5.2), or whether one would be given (Ongaro 2014, 9.6).</summary>
/// <param name="LastIndex">Index of the candidate's last entry.</param>
/// <param name="LastTerm">Term of the candidate's last entry.</param>
/// <param name="IsPreVote">True when nothing is to be promised yet.</param>
/// <param name="IsTransfer">True when the present leader asked for this election, so that stickiness does not
/// apply.</param>
public sealed record RequestVote(
    NodeId From, NodeId To, long Term, long LastIndex, long LastTerm, bool IsPreVote, bool IsTransfer)
    : RaftMessage(From, To, Term);
