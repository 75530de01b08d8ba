namespace ReplicatedBook.Consensus.Messages;

/// <summary>One piece of a snapshot for a follower whose entries the leader no longer has (Raft paper, section
/// 7).</summary>
/// <param name="Mark">Last entry the snapshot contains.</param>
/// <param name="Offset">Where in the snapshot <paramref name="Data"/> belongs, in bytes.</param>
/// <param name="Data">At most <see cref="RaftConfig.MaxSnapshotChunkBytes"/> bytes.</param>
/// <param name="IsLast">Whether the snapshot ends with this piece.</param>
/// <param name="LeaderTime">As in <see cref="AppendEntries"/>.</param>
public sealed record InstallSnapshot(
    NodeId From, NodeId To, long Term, SnapshotMark Mark, long Offset, ReadOnlyMemory<byte> Data, bool IsLast,
    long LeaderTime) : RaftMessage(From, To, Term);
