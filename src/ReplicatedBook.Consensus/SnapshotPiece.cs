namespace ReplicatedBook.Consensus;

/// <summary>A piece of a snapshot to send.</summary>
/// <param name="To">The follower.</param>
/// <param name="Term">The leader's term, for the message.</param>
/// <param name="Mark">Which snapshot.</param>
/// <param name="Offset">First byte.</param>
public readonly record struct SnapshotPiece(NodeId To, long Term, SnapshotMark Mark, long Offset);
