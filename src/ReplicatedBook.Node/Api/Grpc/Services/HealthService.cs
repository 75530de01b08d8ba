using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Grpc.Health;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Security;
using ServingStatus = ReplicatedBook.Contracts.Grpc.Health.HealthCheckResponse.Types.ServingStatus;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace ReplicatedBook.Node.Api.Grpc.Services;

/// <summary>Whether the node is of use, as gRPC's own tools ask: all services are while it is ready (API.md 2.9).</summary>
internal sealed class HealthService(
    GrpcRoutes routes, IServiceProvider services, TimeProvider time, IHostApplicationLifetime lifetime) : IGrpcService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    private static readonly ServiceDescriptor Service =
        HealthReflection.Descriptor.FindTypeByName<ServiceDescriptor>("Health");

    /// <inheritdoc/>
    public IEnumerable<GrpcMethod> Methods =>
    [
        GrpcMethod.Unary<HealthCheckRequest, HealthCheckResponse>(
            Service, "Check", GrpcAccess.Of(RoutePolicy.Unlimited), HealthCheckRequest.Parser, CheckAsync),
        GrpcMethod.ServerStream(
            Service, "Watch", GrpcAccess.Of(RoutePolicy.Unlimited), HealthCheckRequest.Parser, WatchAsync),
    ];

    private async ValueTask<GrpcAnswer<HealthCheckResponse>> CheckAsync(GrpcCall call, HealthCheckRequest request) =>
        IsKnown(request.Service)
            ? new HealthCheckResponse { Status = await LookAsync(call) }
            : GrpcStatus.Of(GrpcCode.NotFound, ProblemCodes.NotFound, "no such service");

    private async Task<GrpcStatus> WatchAsync(GrpcCall call, HealthCheckRequest request)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            call.Cancellation, lifetime.ApplicationStopping);
        using var pace = new PeriodicTimer(LookInterval, time);
        ServingStatus? told = null;
        try
        {
            do
            {
                var status = IsKnown(request.Service) ? await LookAsync(call) : ServingStatus.ServiceUnknown;
                if (status != told)
                {
                    await call.SendAsync(new HealthCheckResponse { Status = status });
                    told = status;
                }
            }
            while (await pace.WaitForNextTickAsync(stopping.Token));
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await call.SendAsync(new HealthCheckResponse { Status = ServingStatus.NotServing });
        }

        return GrpcStatus.Of(GrpcCode.Unavailable, ProblemCodes.ShuttingDown, "the node is stopping");
    }

    private async ValueTask<ServingStatus> LookAsync(GrpcCall call) =>
        await routes.IsWellAsync(call, "/readyz") ? ServingStatus.Serving : ServingStatus.NotServing;

    /// <summary>An empty name means the node as a whole.</summary>
    private bool IsKnown(string service) => service.Length == 0
        || services.GetRequiredService<GrpcMethods>().All.Any(method => method.Descriptor.Service.FullName == service);
}
