using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ReplicatedBook.Node.Api.Http.Parameters;

/// <summary>One of a few words.</summary>
/// <param name="Name">As in the query.</param>
/// <param name="Description">For people.</param>
/// <param name="Standard">Word when it is absent; null when absence means something of its own.</param>
/// <param name="Words">All that are known.</param>
internal sealed record WordParameter(
    string Name, string Description, string? Standard, params IReadOnlyList<string> Words)
    : QueryParameter(Name, Description)
{
    /// <inheritdoc/>
    public override OpenApiSchema ToSchema() => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. Words.Select(word => (JsonNode)word)],
        Default = Standard,
    };
}
