using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Api.Grpc.Services;
using ReplicatedBook.Node.Gateway.Sessions;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Grpc.Sessions;

/// <summary>Pipelined order entry, one session per call. Safe from any thread.</summary>
internal sealed class TradingSessions(
    GrpcGate gate, SessionOrders orders, OrderSessions orderSessions, IReplicatedLog log, NodeSettings settings,
    IHostApplicationLifetime lifetime)
{
    /// <summary>Serves a session until its client ends it, or is gone.</summary>
    /// <param name="call">The call.</param>
    /// <param name="others">Carries out what goes through routes.</param>
    public async Task<GrpcStatus> RunAsync(GrpcCall call, TradingService others)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            call.Cancellation, lifetime.ApplicationStopping);
        await using var session = new TradingSession(
            call, gate, orders, others, orderSessions, log, settings.Grpc.MaxSessionCommands, ended.Token);
        try
        {
            return await session.RunAsync();
        }
        catch (OperationCanceledException) when (
            lifetime.ApplicationStopping.IsCancellationRequested && !call.Cancellation.IsCancellationRequested)
        {
            return GrpcStatus.Of(Http.Problems.Of(Gateway.SubmissionEnding.ShuttingDown));
        }
    }
}
