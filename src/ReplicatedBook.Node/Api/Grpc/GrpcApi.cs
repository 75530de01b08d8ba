using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Api.Grpc.Services;
using ReplicatedBook.Node.Api.Grpc.Sessions;

namespace ReplicatedBook.Node.Api.Grpc;

/// <summary>All services of the gRPC interface.</summary>
internal static class GrpcApi
{
    public static IServiceCollection AddGrpcApi(this IServiceCollection services) => services
        .AddSingleton<GrpcServer>()
        .AddSingleton<GrpcGate>()
        .AddSingleton<GrpcRoutes>()
        .AddSingleton<GrpcMethods>()
        .AddSingleton<UnitLookup>()
        .AddSingleton<SessionOrders>()
        .AddSingleton<TradingSessions>()
        .AddSingleton<IGrpcService, TradingService>()
        .AddSingleton<IGrpcService, MarketDataService>()
        .AddSingleton<IGrpcService, AccountsService>()
        .AddSingleton<IGrpcService, MarketsService>()
        .AddSingleton<IGrpcService, ClusterService>()
        .AddSingleton<IGrpcService, HealthService>()
        .AddSingleton<IGrpcService, ReflectionService>();
}
