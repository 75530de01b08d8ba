using Microsoft.AspNetCore.Http.Metadata;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>What the OpenAPI document says of a route.</summary>
internal static class RouteDescriptions
{
    private static readonly string[] Formats = ["application/json", MessagePackBodies.ContentType];

    /// <summary>A route without a body.</summary>
    public static void Describe<TResponse>(
        this IEndpointConventionBuilder route, string name, string summary, int status) =>
        route.Describe(name, summary, new ProducesResponseTypeMetadata(status, typeof(TResponse), Formats));

    /// <summary>A route with a body.</summary>
    public static void Describe<TRequest, TResponse>(
        this IEndpointConventionBuilder route, string name, string summary, int status) =>
        route.Describe(
            name, summary, new ProducesResponseTypeMetadata(status, typeof(TResponse), Formats),
            new AcceptsMetadata(Formats, typeof(TRequest)));

    private static void Describe(
        this IEndpointConventionBuilder route, string name, string summary, params object[] metadata) =>
        route
            .WithName(name)
            .WithSummary(summary)
            .WithMetadata(metadata)
            .WithMetadata(new ProducesResponseTypeMetadata(
                StatusCodes.Status400BadRequest, typeof(Contracts.Http.Problem), ["application/problem+json"]))
            .Add(static builder =>
            {
                // A bare delegate carries no method, and what has none is left out of the document.
                if (builder.RequestDelegate is { } handler
                    && !builder.Metadata.OfType<System.Reflection.MethodInfo>().Any())
                {
                    builder.Metadata.Add(handler.Method);
                }
            });
}
