namespace ReplicatedBook.Consensus;

/// <summary>What a node is in its present term (Ongaro 2014, figure 3.3; pre-candidate: section 9.6).</summary>
public enum Role : byte
{
    /// <summary>Takes entries from a leader, or waits for one.</summary>
    Follower = 0,

    /// <summary>Asks whether it could win, without raising its term.</summary>
    PreCandidate = 1,

    /// <summary>Has raised its term and asks for votes.</summary>
    Candidate = 2,

    /// <summary>Orders the log in its term.</summary>
    Leader = 3,
}
