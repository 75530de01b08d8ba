using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ReplicatedBook.Node.Api.Http.Parameters;

/// <summary>A whole number within bounds.</summary>
/// <param name="Name">As in the query.</param>
/// <param name="Description">For people.</param>
/// <param name="Min">Least value.</param>
/// <param name="Max">Greatest value.</param>
/// <param name="Standard">Value when it is absent; null when absence means something of its own.</param>
internal sealed record IntegerParameter(
    string Name, string Description, long Min, long Max, long? Standard = null) : QueryParameter(Name, Description)
{
    /// <inheritdoc/>
    public override OpenApiSchema ToSchema() => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int64",
        Minimum = Min.ToString(CultureInfo.InvariantCulture),
        Maximum = Max.ToString(CultureInfo.InvariantCulture),
        Default = Standard is { } standard ? JsonValue.Create(standard) : null,
    };
}
