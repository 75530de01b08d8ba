namespace ReplicatedBook.Consensus;

/// <summary>Settings of one node's consensus; times are in clock ticks.</summary>
public sealed record RaftConfig
{
    /// <summary>This node.</summary>
    public required NodeId Id { get; init; }

    /// <summary>All voters, this node included; order does not matter.</summary>
    public required IReadOnlyList<NodeId> Voters { get; init; }

    /// <summary>Clock ticks of silence before an election, drawn anew from [t, 2t) each time. At least 3 heartbeats.</summary>
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

    /// <summary>Seed of the election jitter; different for each node and start.</summary>
    public required ulong Seed { get; init; }
}
