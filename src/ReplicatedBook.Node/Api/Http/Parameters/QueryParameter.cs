using Microsoft.OpenApi;

namespace ReplicatedBook.Node.Api.Http.Parameters;

/// <summary>A query parameter of a route: what the reader checks and what the OpenAPI document says are this one
/// thing.</summary>
/// <param name="Name">As in the query; equal names on different routes may differ in all else.</param>
/// <param name="Description">What it does, for people.</param>
internal abstract record QueryParameter(string Name, string Description)
{
    /// <summary>Whether a request without it is refused.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Type, range and default, as JSON Schema says them.</summary>
    public abstract OpenApiSchema ToSchema();
}
