using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Consensus.Messages;

/// <summary>Carries entries, or none as a heartbeat (Raft paper, 5.3).</summary>
/// <param name="PreviousIndex">Index of the entry just before <paramref name="Entries"/>.</param>
/// <param name="PreviousTerm">Its term.</param>
/// <param name="Entries">Consecutive, from <paramref name="PreviousIndex"/> + 1.</param>
/// <param name="LeaderCommit">The leader's commit index.</param>
/// <param name="ReadRound">Number of the leader's read round that an answer to this message confirms; 0 for
/// none.</param>
/// <param name="LeaderTime">Cluster time at the leader, in microseconds; consensus only carries it.</param>
/// <param name="LastSentIndex">Last index that the leader has sent to this receiver in this term, if its log was empty
/// when it was elected; else 0. A new node is whole once it has all of these.</param>
public sealed record AppendEntries(
    NodeId From, NodeId To, long Term, long PreviousIndex, long PreviousTerm, IReadOnlyList<LogEntry> Entries,
    long LeaderCommit, long ReadRound, long LeaderTime, long LastSentIndex = 0) : RaftMessage(From, To, Term);
