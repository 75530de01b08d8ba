using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication;

/// <summary>What the host of a <see cref="Replica"/> must do after a turn; cleared and used again for the
/// next.</summary>
public sealed class ReplicaOutput
{
    /// <summary>To be written in order, then reported with <see cref="Replica.Persisted"/>; several may be written at
    /// once.</summary>
    public List<PersistBatch> Persist { get; } = [];

    /// <summary>To be sent at once; all they depend on is durable.</summary>
    public List<RaftMessage> Messages { get; } = [];

    /// <summary>Answers to proposals.</summary>
    public List<CompletedProposal> Proposals { get; } = [];

    /// <summary>Answers to read barriers; the index is already applied, or -1 where leadership could not be
    /// confirmed.</summary>
    public List<ReadResult> Reads { get; } = [];

    /// <summary>Snapshots to make durable, then to report with <see cref="Replica.SnapshotSaved"/>.</summary>
    public List<SnapshotContent> Snapshots { get; } = [];

    /// <summary>Pieces of durable snapshots to read and send to followers.</summary>
    public List<SnapshotPiece> Pieces { get; } = [];

    /// <summary>Answers to changes of the membership.</summary>
    public List<CompletedChange> Changes { get; } = [];

    /// <summary>Who belongs to the cluster from now on; null when unchanged. The first turn tells it in any
    /// case.</summary>
    public Membership? Membership { get; set; }

    /// <summary>Whether the directory is to be marked as whole (<see cref="ReplicaStorage.MarkWhole"/>) once all of
    /// <see cref="Persist"/> is written.</summary>
    public bool BecameWhole { get; set; }

    /// <summary>Peers found to differ in this turn that did not before; to be told to people.</summary>
    public List<Difference> Differences { get; } = [];

    /// <summary>Empties all of it.</summary>
    public void Clear()
    {
        Persist.Clear();
        Messages.Clear();
        Proposals.Clear();
        Reads.Clear();
        Snapshots.Clear();
        Pieces.Clear();
        Changes.Clear();
        Membership = null;
        BecameWhole = false;
        Differences.Clear();
    }
}

/// <summary>Answer to one proposal.</summary>
/// <param name="RequestId">As given to <see cref="Replica.Propose"/>.</param>
/// <param name="Proposal">What became of it.</param>
public readonly record struct CompletedProposal(long RequestId, Proposal Proposal);
