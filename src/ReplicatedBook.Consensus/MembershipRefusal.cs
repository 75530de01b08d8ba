namespace ReplicatedBook.Consensus;

/// <summary>Why a change of the membership was not appended; in order of precedence.</summary>
public enum MembershipRefusal : byte
{
    /// <summary>It was not refused.</summary>
    None = 0,

    /// <summary>This node does not lead.</summary>
    NotLeader = 1,

    /// <summary>This node is handing leadership over.</summary>
    Transferring = 2,

    /// <summary>No entry of the leader's own term is committed yet: until then a change of an earlier leader may be
    /// undone, and two changes together are unsafe (Ongaro's erratum of 2015).</summary>
    NotReady = 3,

    /// <summary>An earlier change is not committed yet.</summary>
    InProgress = 4,

    /// <summary>The name or the contact may not be, or there are too many members.</summary>
    Invalid = 5,

    /// <summary>A member of this name exists; for a promotion: it votes already.</summary>
    AlreadyMember = 6,

    /// <summary>No member has this name.</summary>
    NotMember = 7,

    /// <summary>The learner lacks too much of the log, is not whole, or was not heard from lately.</summary>
    NotCaughtUp = 8,

    /// <summary>No voter would be left, or fewer than a majority of the new voters are whole and were heard from
    /// lately.</summary>
    Unsafe = 9,

    /// <summary>The membership is not the one that the change was asked for.</summary>
    Changed = 10,
}
