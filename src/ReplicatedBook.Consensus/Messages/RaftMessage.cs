using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Consensus.Messages;

/// <summary>What nodes say to one another; immutable.</summary>
/// <param name="From">The sender.</param>
/// <param name="To">The receiver.</param>
/// <param name="Term">The sender's term; for a pre-vote request the term it would campaign in.</param>
public abstract record RaftMessage(NodeId From, NodeId To, long Term);

/// <summary>Asks for a vote (Raft paper, 5.2), or whether one would be given (Ongaro 2014, 9.6).</summary>
/// <param name="LastIndex">Index of the candidate's last entry.</param>
/// <param name="LastTerm">Term of the candidate's last entry.</param>
/// <param name="IsPreVote">True when nothing is to be promised yet.</param>
/// <param name="IsTransfer">True when the present leader asked for this election, so that stickiness does not apply.</param>
public sealed record RequestVote(
    NodeId From, NodeId To, long Term, long LastIndex, long LastTerm, bool IsPreVote, bool IsTransfer)
    : RaftMessage(From, To, Term);

/// <summary>Answers <see cref="RequestVote"/>; a grant leaves only after the vote is durable.</summary>
public sealed record RequestVoteReply(NodeId From, NodeId To, long Term, bool IsGranted, bool IsPreVote)
    : RaftMessage(From, To, Term);

/// <summary>Carries entries, or none as a heartbeat (Raft paper, 5.3).</summary>
/// <param name="PreviousIndex">Index of the entry just before <paramref name="Entries"/>.</param>
/// <param name="PreviousTerm">Its term.</param>
/// <param name="Entries">Consecutive, from <paramref name="PreviousIndex"/> + 1.</param>
/// <param name="LeaderCommit">The leader's commit index.</param>
/// <param name="ReadRound">Number of the leader's read round that an answer to this message confirms; 0 for none.</param>
/// <param name="LeaderTime">Cluster time at the leader, in microseconds; consensus only carries it.</param>
public sealed record AppendEntries(
    NodeId From, NodeId To, long Term, long PreviousIndex, long PreviousTerm, IReadOnlyList<LogEntry> Entries,
    long LeaderCommit, long ReadRound, long LeaderTime) : RaftMessage(From, To, Term);

/// <summary>Answers <see cref="AppendEntries"/>; a success leaves only after the entries are durable.</summary>
/// <param name="IsSuccess">Whether the receiver's log matches up to <paramref name="MatchIndex"/>.</param>
/// <param name="MatchIndex">On success the last index known to match the leader's log; else the rejected previous index.</param>
/// <param name="HintIndex">On refusal where the leader may try next: first index of <paramref name="HintTerm"/>.</param>
/// <param name="HintTerm">On refusal the term of the receiver's conflicting entry; 0 when its log is too short.</param>
/// <param name="ReadRound">The round of the request, given back.</param>
public sealed record AppendEntriesReply(
    NodeId From, NodeId To, long Term, bool IsSuccess, long MatchIndex, long HintIndex, long HintTerm, long ReadRound)
    : RaftMessage(From, To, Term);

/// <summary>One piece of a snapshot for a follower whose entries the leader no longer has (Raft paper, section 7).</summary>
/// <param name="Mark">Last entry the snapshot contains.</param>
/// <param name="Offset">Where in the snapshot <paramref name="Data"/> belongs, in bytes.</param>
/// <param name="Data">At most <see cref="RaftConfig.MaxSnapshotChunkBytes"/> bytes.</param>
/// <param name="IsLast">Whether the snapshot ends with this piece.</param>
/// <param name="LeaderTime">As in <see cref="AppendEntries"/>.</param>
public sealed record InstallSnapshot(
    NodeId From, NodeId To, long Term, SnapshotMark Mark, long Offset, ReadOnlyMemory<byte> Data, bool IsLast,
    long LeaderTime) : RaftMessage(From, To, Term);

/// <summary>Answers <see cref="InstallSnapshot"/>.</summary>
/// <param name="Mark">The snapshot meant.</param>
/// <param name="NextOffset">Bytes the receiver now has without a gap.</param>
/// <param name="IsInstalled">Whether the snapshot is durable and in use, or was not needed.</param>
public sealed record InstallSnapshotReply(
    NodeId From, NodeId To, long Term, SnapshotMark Mark, long NextOffset, bool IsInstalled)
    : RaftMessage(From, To, Term);

/// <summary>A follower asks the leader for an index at which a strong read may be served (Ongaro 2014, 6.4).</summary>
/// <param name="RequestId">Chosen by the asking node; unique within its process.</param>
public sealed record ReadIndexRequest(NodeId From, NodeId To, long Term, long RequestId) : RaftMessage(From, To, Term);

/// <summary>Answers <see cref="ReadIndexRequest"/>, after a round of heartbeats that began after the request arrived.</summary>
/// <param name="RequestId">The request's number.</param>
/// <param name="Index">The index to wait for; -1 when the receiver could not confirm that it leads.</param>
public sealed record ReadIndexReply(NodeId From, NodeId To, long Term, long RequestId, long Index)
    : RaftMessage(From, To, Term);

/// <summary>The leader hands over: the receiver campaigns at once (Ongaro 2014, 3.10).</summary>
public sealed record TimeoutNow(NodeId From, NodeId To, long Term) : RaftMessage(From, To, Term);
