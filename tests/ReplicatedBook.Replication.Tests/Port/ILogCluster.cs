using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>Three nodes of one implementation in this process.</summary>
internal interface ILogCluster : IAsyncDisposable
{
    IReadOnlyList<LogNode> Nodes { get; }

    Task<LogNode> LeaderAsync();

    /// <summary>Proposes to whoever leads, again until it is applied.</summary>
    Task<Proposal> ProposeAsync(byte[] command);

    /// <summary>A read barrier, again until a quorum answers.</summary>
    Task<long> BarrierAsync(LogNode node);

    void Stop(LogNode node);

    LogNode Restart(NodeId node);
}

/// <summary>One of them.</summary>
internal sealed record LogNode(NodeId Id, IReplicatedLog Log, IReplicaReader Reader);
