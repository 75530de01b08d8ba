using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Consensus;

/// <summary>Raft without I/O: inputs go in, effects come out; no clock, no chance but the seed, no threads.</summary>
public sealed partial class RaftNode
{
    /// <summary>Starts as follower with what was recovered from disk.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="hardState">Term and vote as last persisted.</param>
    /// <param name="snapshot">Mark of the snapshot the state machine was restored from.</param>
    /// <param name="entries">Log entries after the snapshot, consecutive; all durable.</param>
    public RaftNode(
        RaftConfig config, HardState hardState, SnapshotMark snapshot, IReadOnlyList<LogEntry> entries,
        long commitIndex = 0)
    {
        throw new NotImplementedException();
    }

    /// <summary>Role in the present term.</summary>
    public Role Role => throw new NotImplementedException();

    /// <summary>Term and vote.</summary>
    public HardState HardState => throw new NotImplementedException();

    /// <summary>The leader of the present term as far as known.</summary>
    public NodeId? Leader => throw new NotImplementedException();

    /// <summary>Highest index known to be committed.</summary>
    public long CommitIndex => throw new NotImplementedException();

    /// <summary>The log in memory: entries after the oldest kept index.</summary>
    public ILogReader Log => throw new NotImplementedException();

    /// <summary>Takes one input and says what must now be done.</summary>
    public void Step(RaftInput input, RaftEffects effects) => throw new NotImplementedException();

    /// <summary>What the leader knows of each other voter, ordered by id; empty on a node that does not lead.</summary>
    public IReadOnlyList<PeerProgress> Peers => throw new NotImplementedException();
}

/// <summary>What the leader knows of one peer.</summary>
/// <param name="Id">The peer.</param>
/// <param name="MatchIndex">Last index known to be durable there.</param>
/// <param name="TicksSinceContact">Clock ticks since its last answer.</param>
public readonly record struct PeerProgress(NodeId Id, long MatchIndex, int TicksSinceContact);
