using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication;

/// <summary>Why a replica serves and votes no more.</summary>
/// <param name="Cause">What it found.</param>
/// <param name="Index">First index at which it is known to differ; with a contradiction its applied index.</param>
/// <param name="Differences">From whom it differs; empty with a contradiction.</param>
public sealed record Divergence(DivergenceCause Cause, long Index, IReadOnlyList<Difference> Differences)
{
    /// <summary>One sentence for people.</summary>
    public override string ToString() => Cause == DivergenceCause.Contradiction
        ? $"a peer contradicts what is committed here, applied index {Index}: some node has lost state"
        : $"the state differs from that of too many voters: {string.Join("; ", Differences)}";
}

/// <summary>What made a replica stop.</summary>
public enum DivergenceCause : byte
{
    /// <summary>So many voters differ that this node cannot be of a majority that agrees.</summary>
    Outvoted = 1,

    /// <summary>A second leader in a term, or another entry where one is committed.</summary>
    Contradiction = 2,
}

/// <summary>A peer whose state is another.</summary>
/// <param name="Peer">Which.</param>
/// <param name="Index">First index at which it was seen to differ; it may differ since before.</param>
/// <param name="Own">This node's digest or state hash there.</param>
/// <param name="Other">The peer's.</param>
/// <param name="IsStateHash">Whether these are hashes of the whole state rather than running digests.</param>
public sealed record Difference(NodeId Peer, long Index, Digest Own, Digest Other, bool IsStateHash)
{
    /// <summary>For people.</summary>
    public override string ToString() =>
        $"{(IsStateHash ? "state hash" : "digest")} at {Index} is {Own} here and {Other} on {Peer.Value}";
}
