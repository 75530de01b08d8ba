using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Replication;

/// <summary>One replica at one moment; a new instance replaces the old one after each batch, so all parts belong
/// together.</summary>
public sealed record ReplicaStatus
{
    /// <summary>This node.</summary>
    public required NodeId Node { get; init; }

    /// <summary>Role in the present term.</summary>
    public required Role Role { get; init; }

    /// <summary>Present term of consensus.</summary>
    public required long Term { get; init; }

    /// <summary>The leader as far as known.</summary>
    public NodeId? Leader { get; init; }

    /// <summary>How often another leader became known here since the process began.</summary>
    public long LeaderChanges { get; init; }

    /// <summary>All voters, ordered by id.</summary>
    public required IReadOnlyList<NodeId> Voters { get; init; }

    /// <summary>All members, voters and learners, ordered by id, with their contacts.</summary>
    public IReadOnlyList<Member> Members
    {
        get => field ?? [.. Voters.Select(voter => new Member(voter, IsVoter: true, string.Empty))];
        init;
    }

    /// <summary>Log index of the entry that the members come from; that of the snapshot, or 0, without one. Above
    /// <see cref="CommitIndex"/> while the change is not committed.</summary>
    public long MembershipIndex { get; init; }

    /// <summary><see cref="Membership.Fingerprint"/> of the members; 0 where it is not known.</summary>
    public ulong MembershipFingerprint { get; init; }

    /// <summary>Whether this node is a member without a vote.</summary>
    public bool IsLearner
    {
        get
        {
            foreach (var member in Members)
            {
                if (member.Id == Node)
                {
                    return !member.IsVoter;
                }
            }

            return false;
        }
    }

    /// <summary>Whether this node's disk holds all that it ever promised; while it does not, the node neither votes nor
    /// leads.</summary>
    public Wholeness Wholeness { get; init; }

    /// <summary>Snapshots of a leader that became this node's state since the start; 0 on a new member that was brought
    /// level by the log alone.</summary>
    public int InstalledSnapshots { get; init; }

    /// <summary>Highest index known to be committed.</summary>
    public long CommitIndex { get; init; }

    /// <summary>Last index applied to the exchange.</summary>
    public long AppliedIndex { get; init; }

    /// <summary>Term of the entry at <see cref="AppliedIndex"/>.</summary>
    public long AppliedTerm { get; init; }

    /// <summary>Running digest at <see cref="AppliedIndex"/>.</summary>
    public Digest Digest { get; init; }

    /// <summary>First index held in the log; LastLogIndex + 1 when none.</summary>
    public long FirstLogIndex { get; init; }

    /// <summary>Last index of the log.</summary>
    public long LastLogIndex { get; init; }

    /// <summary>Last index in the newest durable snapshot.</summary>
    public long SnapshotIndex { get; init; }

    /// <summary>Bytes of the log on disk.</summary>
    public long LogBytes { get; init; }

    /// <summary>What a leader knows of its peers, ordered by id; empty elsewhere.</summary>
    public IReadOnlyList<PeerStatus> Peers { get; init; } = [];

    /// <summary>Whether weak reads may be served: all that was committed before this process started is applied again
    /// (an entry of the present or a later leader's term was reached since).</summary>
    public bool IsCaughtUp { get; init; }

    /// <summary>Whether the disk is full: the node acknowledges nothing until there is room again, and serves
    /// reads.</summary>
    public bool IsStorageFull { get; init; }

    /// <summary>Whether the disk has failed: the node acknowledges nothing any more.</summary>
    public bool HasFailed { get; init; }

    /// <summary>Why this replica serves and votes no more; null while it goes on.</summary>
    public Divergence? Divergence { get; init; }

    /// <summary>Peers found to differ since the start, each time one did not before.</summary>
    public long DigestMismatches { get; init; }

    /// <summary>Last index of the common snapshot interval at which the whole state was hashed; 0 before the
    /// first.</summary>
    public long StateHashIndex { get; init; }

    /// <summary>SHA-256 of the exchange's canonical bytes there.</summary>
    public Digest StateHash { get; init; }

    /// <summary>Feature level of the state: what commands may be used.</summary>
    public int FeatureLevel { get; init; } = 1;

    /// <summary>Log index of the last change of a user, an API key or a signing key, or of the last end of a session,
    /// that is applied here; 0 before the first. What was read of them at this index or later still holds.</summary>
    public long IdentityIndex { get; init; }

    /// <summary>Highest feature level this node carries out.</summary>
    public int SupportedLevel { get; init; } = 1;

    /// <summary>On a leader: members without which the feature level cannot be raised, because they do not support more
    /// or have not been heard of; ordered by id.</summary>
    public IReadOnlyList<NodeId> HeldBackBy { get; init; } = [];
}

/// <summary>What a leader knows of one peer.</summary>
/// <param name="Node">The peer.</param>
/// <param name="MatchIndex">Last index known to be durable there.</param>
/// <param name="LastContact">Time since its last answer.</param>
/// <param name="IsVoter">Whether it votes; a learner does not.</param>
/// <param name="IsSentSnapshot">Whether it is being sent a snapshot, because its entries are gone here.</param>
public sealed record PeerStatus(
    NodeId Node, long MatchIndex, TimeSpan LastContact, bool IsVoter = true, bool IsSentSnapshot = false);
