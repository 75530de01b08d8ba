using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Replication;

/// <summary>What became of a proposal.</summary>
public enum ProposalOutcome : byte
{
    /// <summary>Committed and applied here; the result is final, a refusal by the exchange included.</summary>
    Applied = 0,

    /// <summary>In the leader's log, no more; only when that was all that was asked for.</summary>
    Appended = 1,

    /// <summary>Surely not in the log: this node does not lead.</summary>
    NotLeader = 2,

    /// <summary>Surely not in the log: too much is waiting.</summary>
    Overloaded = 3,

    /// <summary>Surely not in the log: the node is stopping or its disk has failed.</summary>
    ShuttingDown = 4,

    /// <summary>It may yet be applied; the same request may be sent again with its key.</summary>
    Unknown = 5,

    /// <summary>Surely not in the log: the leader's disk is full.</summary>
    StorageFull = 6,

    /// <summary>Surely not in the log: the cluster has not reached the feature level that the command needs, or this
    /// node does not know the command.</summary>
    NotSupported = 7,
}

/// <summary>Answer to a proposal.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Index">Log index; 0 unless appended or applied.</param>
/// <param name="Term">Term of the entry; 0 unless appended or applied.</param>
/// <param name="At">Cluster time of the entry; only when applied.</param>
/// <param name="Digest">Running digest at the index; only when applied.</param>
/// <param name="Applied">Reason and replay; only when applied.</param>
/// <param name="Result">Bytes for ResultCodec; only when applied. Not changed after creation.</param>
public sealed record Proposal(
    ProposalOutcome Outcome, long Index, long Term, Timestamp At, Digest Digest, Applied Applied,
    ReadOnlyMemory<byte> Result)
{
    /// <summary>A proposal that was not applied.</summary>
    public static Proposal NotApplied(ProposalOutcome outcome) =>
        new(outcome, 0, 0, default, default, default, default);
}
