using Microsoft.AspNetCore.Http.Metadata;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>What the OpenAPI document says of a route.</summary>
internal static class RouteDescriptions
{
    private static readonly string[] Formats = ["application/json", MessagePackBodies.ContentType];

    /// <summary>Content type of what is neither JSON nor text.</summary>
    public const string Bytes = "application/octet-stream";

    /// <summary>A route without a body.</summary>
    public static void Describe<TResponse>(
        this IEndpointConventionBuilder route, string name, string summary, int status, RouteContract contract) =>
        route.Describe(
            name, summary, contract, new ProducesResponseTypeMetadata(status, typeof(TResponse), Formats));

    /// <summary>A route with a body.</summary>
    public static void Describe<TRequest, TResponse>(
        this IEndpointConventionBuilder route, string name, string summary, int status, RouteContract contract) =>
        route.Describe(
            name, summary, contract.WithBody(), new ProducesResponseTypeMetadata(status, typeof(TResponse), Formats),
            new AcceptsMetadata(Formats, typeof(TRequest)));

    /// <summary>A route with a body whose answer has none.</summary>
    public static void DescribeEmpty<TRequest>(
        this IEndpointConventionBuilder route, string name, string summary, RouteContract contract) =>
        route.Describe(
            name, summary, contract.WithBody(),
            new ProducesResponseTypeMetadata(StatusCodes.Status204NoContent, typeof(void)),
            new AcceptsMetadata(Formats, typeof(TRequest)));

    /// <summary>Another answer of a route; to be said before it is described.</summary>
    public static IEndpointConventionBuilder AlsoAnswers<TResponse>(
        this IEndpointConventionBuilder route, int status) =>
        route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(TResponse), Formats));

    /// <summary>A route that answers lines of text.</summary>
    public static void DescribeText(
        this IEndpointConventionBuilder route, string name, string summary, RouteContract contract) =>
        route.Describe(
            name, summary, contract,
            new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/plain"]));

    /// <summary>A route that answers bytes.</summary>
    public static void DescribeBytes(
        this IEndpointConventionBuilder route, string name, string summary, RouteContract contract) =>
        route.Describe(
            name, summary, contract,
            new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Stream), [Bytes]));

    /// <summary>A route that answers with another protocol.</summary>
    public static void DescribeUpgrade(
        this IEndpointConventionBuilder route, string name, string summary, RouteContract contract) =>
        route.Describe(
            name, summary, contract,
            new ProducesResponseTypeMetadata(StatusCodes.Status101SwitchingProtocols));

    private static void Describe(
        this IEndpointConventionBuilder route, string name, string summary, RouteContract contract,
        params object[] metadata)
    {
        route.WithName(name).WithSummary(summary).WithMetadata(metadata);
        if (contract.IsWrite)
        {
            route.WithMetadata(
                new ProducesResponseTypeMetadata(StatusCodes.Status202Accepted, typeof(AcceptedResponse), Formats),
                new ProducesResponseTypeMetadata(StatusCodes.Status307TemporaryRedirect, typeof(void)));
        }

        route.Add(builder => Complete(builder, contract));
    }

    private static void Complete(EndpointBuilder builder, RouteContract contract)
    {
        if (builder.Metadata.OfType<RoutePolicy>().FirstOrDefault() is { } policy)
        {
            contract = contract.For(policy);
        }

        builder.Metadata.Add(contract);
        foreach (var status in contract.Problems.Select(code => code.Status).Distinct())
        {
            builder.Metadata.Add(new ProducesResponseTypeMetadata(
                status, typeof(Problem), ["application/problem+json", MessagePackBodies.ContentType]));
        }

        // A bare delegate carries no method, and what has none is left out of the document.
        if (builder.RequestDelegate is { } handler
            && !builder.Metadata.OfType<System.Reflection.MethodInfo>().Any())
        {
            builder.Metadata.Add(handler.Method);
        }
    }
}
