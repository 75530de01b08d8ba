using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus;

/// <summary>What the caller of <see cref="RaftNode.Step"/> must do, in this order: persist, send, apply.</summary>
/// <remarks>One instance is cleared and used again for every step. Persisting may finish later; then
/// <see cref="MessagesAfterPersist"/> wait for it and for every write asked for before it.</remarks>
public sealed class RaftEffects
{
    /// <summary>New term or vote to make durable; null when unchanged.</summary>
    public HardState? HardState { get; set; }

    /// <summary>When set, the whole log is to be replaced by the state at this mark, before anything else.</summary>
    public SnapshotMark? ResetLogTo { get; set; }

    /// <summary>First index to remove from the log on disk before <see cref="Entries"/> are appended; 0 for
    /// none.</summary>
    public long TruncateFrom { get; set; }

    /// <summary>Entries to append to the log on disk.</summary>
    public List<LogEntry> Entries { get; } = [];

    /// <summary>May leave at once.</summary>
    public List<RaftMessage> Messages { get; } = [];

    /// <summary>May leave only when all that this step and earlier steps persist is durable.</summary>
    public List<RaftMessage> MessagesAfterPersist { get; } = [];

    /// <summary>Answers to read barriers.</summary>
    public List<ReadResult> Reads { get; } = [];

    /// <summary>Pieces of the snapshot that the caller is to read and send as <see cref="InstallSnapshot"/>.</summary>
    public List<SnapshotPiece> SnapshotPieces { get; } = [];

    /// <summary>A piece that arrived from the leader; the caller stores it and answers with SnapshotProgress.</summary>
    public InstallSnapshot? ReceivedPiece { get; set; }

    /// <summary>Index of the first entry made from a proposal; 0 when it was refused: surely not appended.</summary>
    public long ProposalFirstIndex { get; set; }

    /// <summary>Why a proposal was refused; <see cref="ProposalRefusal.None"/> when it was appended or there was
    /// none.</summary>
    public ProposalRefusal ProposalRefusal { get; set; }

    /// <summary>Index of the entry made from a change of the membership; 0 when it was refused.</summary>
    public long MembershipEntryIndex { get; set; }

    /// <summary>Why a change of the membership was refused; <see cref="MembershipRefusal.None"/> when it was appended
    /// or there was none.</summary>
    public MembershipRefusal MembershipRefusal { get; set; }

    /// <summary>Whether this node's disk now holds again all that it may have promised: to be made durable after
    /// all that was asked for before, so that the next start is told that the node is whole. Until then a start finds
    /// it as it was, which is safe.</summary>
    public bool BecameWhole { get; set; }

    /// <summary>Empties all of it.</summary>
    public void Clear()
    {
        HardState = null;
        ResetLogTo = null;
        TruncateFrom = 0;
        Entries.Clear();
        Messages.Clear();
        MessagesAfterPersist.Clear();
        Reads.Clear();
        SnapshotPieces.Clear();
        ReceivedPiece = null;
        ProposalFirstIndex = 0;
        ProposalRefusal = ProposalRefusal.None;
        MembershipEntryIndex = 0;
        MembershipRefusal = MembershipRefusal.None;
        BecameWhole = false;
    }
}
