using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Hosting;

/// <summary>Starts the replica with the node, and ends it after everything else. The lead is handed over before
/// anything is stopped: clients that are still served then go on at the next leader, over links that are still
/// up.</summary>
internal sealed partial class RaftLogService(
    RaftReplicatedLog log, PeerTransport transport, PeerListener listener, ILogger<RaftLogService> logger)
    : IHostedLifecycleService
{
    private static readonly TimeSpan HandOverLimit = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellation)
    {
        if (log.TornBytes > 0)
        {
            LogTornTail(log.TornBytes);
        }

        if (log.SetAside is { } reason)
        {
            LogSetAside(reason);
        }

        listener.Start();
        transport.Start(new PeerEvents(log.Receive, log.PeerLost));
        LogStarted(log.Status.Node.Value, log.Status.AppliedIndex, log.Status.LastLogIndex);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(HandOverLimit);
        try
        {
            if (log.Status is { Role: Role.Leader, Voters.Count: > 1 })
            {
                LogHandedOver(await log.TransferLeadershipAsync(null, limit.Token));
            }
        }
        catch (OperationCanceledException)
        {
            LogHandedOver(false);
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await listener.DisposeAsync();
        log.Dispose();
        await transport.DisposeAsync();
    }

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellation) => Task.CompletedTask;

    [LoggerMessage(EventId = 2, Level = LogLevel.Information,
        Message = "replica {Node} started: applied {Applied}, last log index {Last}")]
    private partial void LogStarted(string node, long applied, long last);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning,
        Message = "cut {Bytes} bytes of a write that a crash had torn off the log's end")]
    private partial void LogTornTail(long bytes);

    [LoggerMessage(EventId = 7, Level = LogLevel.Warning,
        Message = "set the files of earlier starts aside; the state comes from the other nodes: {Reason}")]
    private partial void LogSetAside(string reason);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "handed leadership over: {Done}")]
    private partial void LogHandedOver(bool done);
}
