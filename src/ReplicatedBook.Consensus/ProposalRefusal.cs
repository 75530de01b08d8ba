namespace ReplicatedBook.Consensus;

/// <summary>Why a node appended nothing of a proposal; in order of precedence.</summary>
public enum ProposalRefusal : byte
{
    /// <summary>It was not refused.</summary>
    None = 0,

    /// <summary>This node does not lead.</summary>
    NotLeader = 1,

    /// <summary>This node is handing leadership over (Ongaro 2014, 3.10); ask again shortly, perhaps
    /// elsewhere.</summary>
    Transferring = 2,

    /// <summary>Too much is uncommitted: see <see cref="RaftConfig.MaxUncommittedEntries"/> and its bytes.</summary>
    Overloaded = 3,
}
