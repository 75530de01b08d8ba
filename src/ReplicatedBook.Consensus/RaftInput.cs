using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus;

/// <summary>All that can go into <see cref="RaftNode.Step"/>.</summary>
public abstract record RaftInput
{
    private RaftInput()
    {
    }

    /// <summary>One step of Raft's clock has passed.</summary>
    /// <param name="ClusterTime">Cluster time at this node in microseconds; a leader sends it along, nothing else uses
    /// it.</param>
    public sealed record ClockTick(long ClusterTime) : RaftInput;

    /// <summary>A peer's message has arrived.</summary>
    public sealed record Received(RaftMessage Message) : RaftInput;

    /// <summary>Asks the leader to append commands, one entry each, in order.</summary>
    /// <param name="Payloads">Owned by the log from now on.</param>
    public sealed record Proposal(IReadOnlyList<ReadOnlyMemory<byte>> Payloads) : RaftInput;

    /// <summary>Asks for an index at which a strong read may be served.</summary>
    /// <param name="RequestId">Comes back in <see cref="RaftEffects.Reads"/>; unique within the process.</param>
    public sealed record ReadBarrier(long RequestId) : RaftInput;

    /// <summary>Entries up to here are on this node's disk.</summary>
    /// <param name="LastIndex">Last entry of the finished write.</param>
    /// <param name="LastTerm">Its term: a finished write of an entry that was replaced meanwhile counts for
    /// nothing.</param>
    public sealed record Persisted(long LastIndex, long LastTerm) : RaftInput;

    /// <summary>This node has made a durable snapshot of its own state.</summary>
    /// <param name="Mark">Last entry it contains; committed.</param>
    /// <param name="KeepFrom">First index to keep in memory for slow followers; at most Mark.Index + 1.</param>
    public sealed record SnapshotTaken(SnapshotMark Mark, long KeepFrom) : RaftInput;

    /// <summary>How far a snapshot sent by the leader has come here.</summary>
    /// <param name="Leader">The sender of the pieces.</param>
    /// <param name="Mark">The snapshot.</param>
    /// <param name="NextOffset">Bytes held without a gap.</param>
    /// <param name="IsInstalled">True once it is verified, durable and has become this node's state.</param>
    /// <param name="Membership">The membership that the snapshot holds; needed once it is installed.</param>
    public sealed record SnapshotProgress(
        NodeId Leader, SnapshotMark Mark, long NextOffset, bool IsInstalled, Membership? Membership = null)
        : RaftInput;

    /// <summary>Asks the leader to change the membership by one member. The answer is in the step's effects: the
    /// entry's index, or why there is none. The change counts at once and is final when its entry is
    /// committed.</summary>
    /// <param name="Change">What to change.</param>
    public sealed record ChangeMembership(MembershipChange Change) : RaftInput;

    /// <summary>An established connection to a peer was reset, so its process has probably ended.</summary>
    /// <param name="Peer">The peer; anything but the present leader changes nothing.</param>
    public sealed record PeerUnreachable(NodeId Peer) : RaftInput;

    /// <summary>Asks the leader to hand over.</summary>
    /// <param name="Target">A voter; null for the voter that is furthest along.</param>
    public sealed record TransferLeadership(NodeId? Target) : RaftInput;
}
