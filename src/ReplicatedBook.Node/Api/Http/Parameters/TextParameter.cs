using Microsoft.OpenApi;

namespace ReplicatedBook.Node.Api.Http.Parameters;

/// <summary>A text whose form the route checks.</summary>
/// <param name="Name">As in the query.</param>
/// <param name="Description">For people; says the form.</param>
internal sealed record TextParameter(string Name, string Description) : QueryParameter(Name, Description)
{
    /// <inheritdoc/>
    public override OpenApiSchema ToSchema() => new() { Type = JsonSchemaType.String };
}
