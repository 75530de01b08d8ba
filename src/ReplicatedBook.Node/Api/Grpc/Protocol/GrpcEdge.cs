namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>Takes what comes to the port of gRPC, so that nothing of it reaches a route by itself.</summary>
internal sealed class GrpcEdge(RequestDelegate next, GrpcServer server)
{
    public Task InvokeAsync(HttpContext http) =>
        http.Features.Get<GrpcConnection>() is null ? next(http) : server.ServeAsync(http);
}
