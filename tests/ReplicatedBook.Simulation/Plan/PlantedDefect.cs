namespace ReplicatedBook.Simulation.Plan;

/// <summary>Mistakes that a host can make on purpose, to prove that the invariants see them; the products are not
/// changed.</summary>
internal enum PlantedDefect
{
    None = 0,

    /// <summary>Syncs do nothing: what was acknowledged is lost with the power.</summary>
    LyingDisk,

    /// <summary>Writes are reported done when they are asked for, so that messages leave before.</summary>
    ReportBeforeWrite,

    /// <summary>The vote is left out of what is written, the term is not.</summary>
    ForgottenVote,

    /// <summary>Snapshots are reported durable and never written.</summary>
    SnapshotNotWritten,

    /// <summary>Everything in the log is marked committed on disk, so a restarted node applies what never
    /// was.</summary>
    CommitMarkAhead,

    /// <summary>Strong reads are answered at once, without asking a majority.</summary>
    ReadWithoutBarrier,

    /// <summary>Proposals whose outcome is not known are answered "surely not in the log".</summary>
    UnknownAsRefused,

    /// <summary>Refused votes arrive as granted.</summary>
    ForgedVotes,

    /// <summary>One byte of a command changes between leader and follower.</summary>
    AlteredEntry,

    /// <summary>One byte of each snapshot changes on the way to the disk.</summary>
    AlteredSnapshot,

    /// <summary>A follower acknowledges one entry more than it holds.</summary>
    ExaggeratedMatch,

    /// <summary>No message ever reaches the second node again once faults have ended: nothing unsafe, but not
    /// live.</summary>
    DeafNode,
}
