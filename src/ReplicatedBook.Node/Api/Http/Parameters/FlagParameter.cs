using Microsoft.OpenApi;

namespace ReplicatedBook.Node.Api.Http.Parameters;

/// <summary>True or false; absent is false, and given without a value is true.</summary>
/// <param name="Name">As in the query.</param>
/// <param name="Description">For people.</param>
internal sealed record FlagParameter(string Name, string Description) : QueryParameter(Name, Description)
{
    /// <inheritdoc/>
    public override OpenApiSchema ToSchema() => new() { Type = JsonSchemaType.Boolean, Default = false };
}
