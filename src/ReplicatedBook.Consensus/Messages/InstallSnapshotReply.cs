namespace ReplicatedBook.Consensus.Messages;

/// <summary>Answers <see cref="InstallSnapshot"/>.</summary>
/// <param name="Mark">The snapshot meant.</param>
/// <param name="NextOffset">Bytes the receiver now has without a gap.</param>
/// <param name="IsInstalled">Whether the snapshot is durable and in use, or was not needed.</param>
public sealed record InstallSnapshotReply(
    NodeId From, NodeId To, long Term, SnapshotMark Mark, long NextOffset, bool IsInstalled)
    : RaftMessage(From, To, Term);
