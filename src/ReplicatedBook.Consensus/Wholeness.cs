namespace ReplicatedBook.Consensus;

/// <summary>Whether a node's disk still holds all that it ever promised.</summary>
public enum Wholeness : byte
{
    /// <summary>It does.</summary>
    Whole = 0,

    /// <summary>The data directory was empty: either the cluster is new or this node lost its disk. It campaigns only
    /// while its log has few entries, and votes only for candidates whose logs have few too.</summary>
    New = 1,

    /// <summary>Entries of the log were lost; term and vote are intact. It neither votes nor campaigns.</summary>
    Repairing = 2,
}
