namespace ReplicatedBook.Cluster.Tests.Chaos.Faults;

/// <summary>What is done to a cluster.</summary>
internal enum FaultKind
{
    /// <summary>Never set: guards against a default value.</summary>
    None = 0,

    /// <summary>SIGKILL to the leader.</summary>
    KillLeader = 1,

    /// <summary>SIGKILL to a follower.</summary>
    KillFollower = 2,

    /// <summary>SIGKILL to all nodes.</summary>
    KillAll = 3,

    /// <summary>SIGSTOP to the leader, SIGCONT later.</summary>
    PauseLeader = 4,

    /// <summary>SIGSTOP to a follower, SIGCONT later.</summary>
    PauseFollower = 5,

    /// <summary>The leader is cut off from all others, both ways.</summary>
    IsolateLeader = 6,

    /// <summary>A follower is cut off from all others, both ways.</summary>
    IsolateFollower = 7,

    /// <summary>Nothing that the leader sends arrives.</summary>
    LeaderMute = 8,

    /// <summary>Nothing that is sent to the leader arrives.</summary>
    LeaderDeaf = 9,

    /// <summary>Two nodes do not reach each other, but both reach the others.</summary>
    Bridge = 10,

    /// <summary>The nodes fall into two drawn groups.</summary>
    Split = 11,

    /// <summary>A drawn node is cut off and back again many times.</summary>
    Flap = 12,

    /// <summary>What the leader sends and receives arrives late, all at once.</summary>
    HoldLeader = 13,

    /// <summary>All links are slow.</summary>
    SlowLinks = 14,

    /// <summary>All connections between nodes are reset.</summary>
    ResetLinks = 15,

    /// <summary>Each node is stopped in good order and started again, one after the other.</summary>
    RollingRestart = 16,

    /// <summary>Leadership is handed over.</summary>
    Transfer = 17,

    /// <summary>A follower is down until what it lacks is only in a snapshot.</summary>
    SnapshotInstall = 18,

    /// <summary>The newest part of a stopped follower's log is damaged.</summary>
    Damage = 19,

    /// <summary>A node joins, is promoted and is removed again.</summary>
    Membership = 20,
}
