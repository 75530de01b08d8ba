using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication;

/// <summary>What one peer has reported, and how it compares.</summary>
internal sealed class AgreementPeer(NodeId id)
{
    /// <summary>Its running digests against this node's.</summary>
    public AgreementTrack Digests;

    /// <summary>Its state hashes against this node's.</summary>
    public AgreementTrack States;

    /// <summary>Which.</summary>
    public NodeId Id { get; } = id;

    /// <summary>The report that is compared next: as soon as this node has applied as much.</summary>
    public AgreementReport? Next { get; set; }

    /// <summary>The newest behind it. Both are kept: a node that is always a little behind would never reach the
    /// newest.</summary>
    public AgreementReport? Newest { get; set; }

    /// <summary>The newest state hash that this node has nothing to hold against yet; index 0 for none.</summary>
    public (long Index, Digest Hash) WaitingState { get; set; }

    /// <summary>Highest feature level it carries out, as last reported; 0 before.</summary>
    public int SupportedLevel { get; set; }

    /// <summary>Clock tick of its last report.</summary>
    public long HeardAt { get; set; }

    /// <summary>Whether it is known to differ.</summary>
    public bool Differs => Digests.DifferingIndex > 0 || States.DifferingIndex > 0;

    /// <summary>Where it differs, by its digest before its state.</summary>
    public Difference Difference => Digests.DifferingIndex > 0
        ? new Difference(Id, Digests.DifferingIndex, Digests.Own, Digests.Other, IsStateHash: false)
        : new Difference(Id, States.DifferingIndex, States.Own, States.Other, IsStateHash: true);
}
