using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http.Identity;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Api.WebSocket;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>All routes of the HTTP interface.</summary>
internal static class HttpApi
{
    public static IServiceCollection AddHttpApi(this IServiceCollection services)
    {
        services.AddRouting();
        services.Configure<JsonOptions>(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ResponseJson.Default);
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, RequestJson.Default);
        });
        services.AddOpenApi("v1", options => options
            .AddOperationTransformer(ContractTransformer.ApplyAsync)
            .AddSchemaTransformer(BodySchemas.DescribeLevelsAsync)
            .AddDocumentTransformer(BodySchemas.TightenAsync));
        return services
            .AddSingleton<RbHeaders>()
            .AddSingleton<Answers>()
            .AddSingleton<Reads>()
            .AddSingleton<Writes>()
            .AddSingleton<OrderBodies>()
            .AddSingleton<OrderEndpoints>()
            .AddSingleton<OrderGroupEndpoints>()
            .AddSingleton<OrderPreviewEndpoint>()
            .AddSingleton<OrderQueries>()
            .AddSingleton<BetEndpoints>()
            .AddSingleton<BetQueries>()
            .AddSingleton<BettingWrites>()
            .AddSingleton<BettingMarketEndpoints>()
            .AddSingleton<BettingResultEndpoints>()
            .AddSingleton<BettingQueries>()
            .AddSingleton<CommandQueries>()
            .AddSingleton<AssetEndpoints>()
            .AddSingleton<AccountEndpoints>()
            .AddSingleton<SecretWrites>()
            .AddSingleton<Passwords>()
            .AddSingleton<BootstrapEndpoint>()
            .AddSingleton<SessionEndpoints>()
            .AddSingleton<UserEndpoints>()
            .AddSingleton<MeEndpoint>()
            .AddSingleton<ApiKeyEndpoints>()
            .AddSingleton<SigningKeyEndpoints>()
            .AddSingleton<TransferEndpoint>()
            .AddSingleton<CancelAfterEndpoint>()
            .AddSingleton<FundsEndpoints>()
            .AddSingleton<InstrumentEndpoints>()
            .AddSingleton<InstrumentQueries>()
            .AddSingleton<MarketDataEndpoints>()
            .AddSingleton<EventEndpoints>()
            .AddSingleton<EventQueries>()
            .AddSingleton<MarketEndpoints>()
            .AddSingleton<MarketQueries>()
            .AddSingleton<SetEndpoints>()
            .AddSingleton<PositionEndpoints>()
            .AddSingleton<AuditEndpoint>()
            .AddSingleton<AuditRecordEndpoint>()
            .AddSingleton<FeedReader>()
            .AddSingleton<FeedFilters>()
            .AddSingleton<FeedStreams>()
            .AddSingleton<FeedEndpoints>()
            .AddSingleton<ClusterReports>()
            .AddSingleton<ClusterEndpoints>()
            .AddSingleton<MemberEndpoints>()
            .AddSingleton<SnapshotEndpoints>()
            .AddSingleton<NodeEndpoints>()
            .AddSingleton<LogEndpoint>()
            .AddSingleton<HealthEndpoints>()
            .AddSingleton<SocketProblems>()
            .AddSingleton<SocketServer>()
            .AddSingleton<SocketEndpoint>()
            .AddSingleton<MetricsEndpoint>();
    }

    public static void MapHttpApi(this WebApplication node)
    {
        node.MapOpenApi("/openapi/{documentName}.json").For(RoutePolicy.Unlimited);
        var services = node.Services;
        services.GetRequiredService<HealthEndpoints>().Map(node);
        services.GetRequiredService<MetricsEndpoint>().Map(node);
        var v1 = node.MapGroup("/v1");
        services.GetRequiredService<OrderEndpoints>().Map(v1);
        services.GetRequiredService<OrderGroupEndpoints>().Map(v1);
        services.GetRequiredService<OrderPreviewEndpoint>().Map(v1);
        services.GetRequiredService<OrderQueries>().Map(v1);
        services.GetRequiredService<BetEndpoints>().Map(v1);
        services.GetRequiredService<BetQueries>().Map(v1);
        services.GetRequiredService<BettingMarketEndpoints>().Map(v1);
        services.GetRequiredService<BettingResultEndpoints>().Map(v1);
        services.GetRequiredService<BettingQueries>().Map(v1);
        services.GetRequiredService<CommandQueries>().Map(v1);
        services.GetRequiredService<AssetEndpoints>().Map(v1);
        services.GetRequiredService<AccountEndpoints>().Map(v1);
        services.GetRequiredService<CancelAfterEndpoint>().Map(v1);
        services.GetRequiredService<FundsEndpoints>().Map(v1);
        services.GetRequiredService<TransferEndpoint>().Map(v1);
        services.GetRequiredService<BootstrapEndpoint>().Map(v1);
        services.GetRequiredService<SessionEndpoints>().Map(v1);
        services.GetRequiredService<UserEndpoints>().Map(v1);
        services.GetRequiredService<MeEndpoint>().Map(v1);
        services.GetRequiredService<ApiKeyEndpoints>().Map(v1);
        services.GetRequiredService<SigningKeyEndpoints>().Map(node, v1);
        services.GetRequiredService<InstrumentEndpoints>().Map(v1);
        services.GetRequiredService<InstrumentQueries>().Map(v1);
        services.GetRequiredService<MarketDataEndpoints>().Map(v1);
        services.GetRequiredService<EventEndpoints>().Map(v1);
        services.GetRequiredService<EventQueries>().Map(v1);
        services.GetRequiredService<MarketEndpoints>().Map(v1);
        services.GetRequiredService<MarketQueries>().Map(v1);
        services.GetRequiredService<SetEndpoints>().Map(v1);
        services.GetRequiredService<PositionEndpoints>().Map(v1);
        services.GetRequiredService<AuditEndpoint>().Map(v1);
        services.GetRequiredService<AuditRecordEndpoint>().Map(v1);
        services.GetRequiredService<FeedEndpoints>().Map(v1);
        services.GetRequiredService<ClusterEndpoints>().Map(v1);
        services.GetRequiredService<MemberEndpoints>().Map(v1);
        services.GetRequiredService<SnapshotEndpoints>().Map(v1);
        services.GetRequiredService<NodeEndpoints>().Map(v1);
        services.GetRequiredService<LogEndpoint>().Map(v1);
        services.GetRequiredService<SocketEndpoint>().Map(v1);
    }
}
