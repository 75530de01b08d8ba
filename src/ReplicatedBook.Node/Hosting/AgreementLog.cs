using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Hosting;

/// <summary>Tells people in the log that replicas differ; the metrics of API.md 8 read the replica's status.</summary>
internal sealed partial class AgreementLog(ILogger<AgreementLog> logger)
{
    /// <summary>A peer's state differs.</summary>
    public void Found(Difference difference) => LogDifference(
        difference.Peer.Value, difference.IsStateHash ? "state hash" : "digest", difference.Index,
        difference.Own.ToString(), difference.Other.ToString());

    /// <summary>This node has stopped for good.</summary>
    public void Stopped(Divergence divergence) => LogDiverged(divergence.Index, divergence.ToString());

    [LoggerMessage(EventId = 5, Level = LogLevel.Error,
        Message = "the state of {Peer} differs: {What} at {Index} is {Own} here and {Other} there")]
    private partial void LogDifference(string peer, string what, long index, string own, string other);

    [LoggerMessage(EventId = 6, Level = LogLevel.Critical,
        Message = "this node has diverged at {Index}; it serves and votes no more until it is restarted: {Reason}")]
    private partial void LogDiverged(long index, string reason);
}
