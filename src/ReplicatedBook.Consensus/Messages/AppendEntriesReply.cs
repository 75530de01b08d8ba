namespace ReplicatedBook.Consensus.Messages;

/// <summary>Answers <see cref="AppendEntries"/>; a success leaves only after the entries are durable.</summary>
/// <param name="IsSuccess">Whether the receiver's log matches up to <paramref name="MatchIndex"/>.</param>
/// <param name="MatchIndex">On success the last index known to match the leader's log; else the rejected previous
/// index.</param>
/// <param name="HintIndex">On refusal where the leader may try next: first index of
/// <paramref name="HintTerm"/>.</param>
/// <param name="HintTerm">On refusal the term of the receiver's conflicting entry; 0 when its log is too short.</param>
/// <param name="ReadRound">The round of the request, given back.</param>
/// <param name="IsIncomplete">Whether the receiver's disk may lack what it once acknowledged
/// (<see cref="Wholeness"/>).</param>
public sealed record AppendEntriesReply(
    NodeId From, NodeId To, long Term, bool IsSuccess, long MatchIndex, long HintIndex, long HintTerm, long ReadRound,
    bool IsIncomplete = false) : RaftMessage(From, To, Term);
