namespace ReplicatedBook.Consensus;

/// <summary>Settings of one node's consensus; times are in clock ticks.</summary>
public sealed record RaftConfig
{
    /// <summary>This node.</summary>
    public required NodeId Id { get; init; }

    /// <summary>Clock ticks of silence before an election, drawn anew from [t, 2t) each time. At least 3
    /// heartbeats.</summary>
    public int ElectionTicks { get; init; } = 25;

    /// <summary>Clock ticks between heartbeats.</summary>
    public int HeartbeatTicks { get; init; } = 4;

    /// <summary>Most entries in one append message.</summary>
    public int MaxEntriesPerAppend { get; init; } = 4096;

    /// <summary>Most payload bytes in one append message, except that one entry always fits.</summary>
    public int MaxBytesPerAppend { get; init; } = 1 << 20;

    /// <summary>Append messages in flight to one follower before the leader waits.</summary>
    public int MaxInflightAppends { get; init; } = 256;

    /// <summary>Payload bytes in flight to one follower before the leader waits.</summary>
    public long MaxInflightBytes { get; init; } = 8L << 20;

    /// <summary>Most bytes of one piece of a snapshot.</summary>
    public int MaxSnapshotChunkBytes { get; init; } = 1 << 20;

    /// <summary>Entries a leader holds uncommitted before it refuses proposals. Default: a second's worth of
    /// load.</summary>
    public int MaxUncommittedEntries { get; init; } = 100_000;

    /// <summary>Payload bytes a leader holds uncommitted before it refuses proposals; one batch always fits.</summary>
    public long MaxUncommittedBytes { get; init; } = 64L << 20;

    /// <summary>Read barriers that wait at one node before further ones are answered with -1 at once.</summary>
    public int MaxPendingReads { get; init; } = 100_000;

    /// <summary>Entries a learner may lack and still be given its vote. Default: a few hundredths of a second's
    /// load, since under load some entries are always under way.</summary>
    public int MaxPromotionLagEntries { get; init; } = 1_000;

    /// <summary>Seed of the election jitter; different for each node and start.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Checks ranges.</summary>
    /// <exception cref="ArgumentException">One is out of range; the text says which.</exception>
    internal void Validate()
    {
        Require(HeartbeatTicks >= 1, "HeartbeatTicks must be at least 1.");
        Require(ElectionTicks >= 3L * HeartbeatTicks && ElectionTicks <= 1 << 20,
            "ElectionTicks must be at least three times HeartbeatTicks, and at most 1048576.");
        Require(MaxEntriesPerAppend >= 1 && MaxBytesPerAppend >= 1, "An append must have room for something.");
        Require(MaxInflightAppends >= 1 && MaxInflightBytes >= 1, "The window must have room for something.");
        Require(MaxSnapshotChunkBytes >= 1, "MaxSnapshotChunkBytes must be at least 1.");
        Require(MaxUncommittedEntries >= 2 && MaxUncommittedBytes >= 1, "A leader must be able to append something.");
        Require(MaxPendingReads >= 1, "MaxPendingReads must be at least 1.");
        Require(MaxPromotionLagEntries >= 0, "MaxPromotionLagEntries must not be negative.");
        Require(!string.IsNullOrEmpty(Id.Value), "This node has no name.");
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new ArgumentException(rule);
        }
    }
}
