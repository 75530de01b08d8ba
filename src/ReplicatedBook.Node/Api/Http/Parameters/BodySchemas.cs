using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Node.Api.Http.Parameters;

/// <summary>Makes the schemas of bodies say what holds of them (API.md 1.2): requests have no other fields than these,
/// answers leave out what is absent and never write null.</summary>
internal static class BodySchemas
{
    private const string RequestSuffix = "Request";
    private const string DateTime = "date-time";

    /// <summary>Describes the levels of books, which a converter of ours writes.</summary>
    public static Task DescribeLevelsAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (context.JsonTypeInfo.ElementType == typeof(BookLevel))
        {
            schema.Items = new OpenApiSchema
            {
                Description = "Price, quantity, and the number of orders; at level 3 the order's id instead.",
                Type = JsonSchemaType.Array,
                MinItems = 3,
                MaxItems = 3,
                Items = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Integer },
            };
        }

        return Task.CompletedTask;
    }

    /// <summary>Tightens the schemas of all bodies.</summary>
    public static Task TightenAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (schema is OpenApiSchema { Properties: { } properties } body)
            {
                Tighten(body, properties, name.EndsWith(RequestSuffix, StringComparison.Ordinal));
            }
        }

        return Task.CompletedTask;
    }

    private static void Tighten(OpenApiSchema body, IDictionary<string, IOpenApiSchema> properties, bool isRequest)
    {
        foreach (var (name, property) in properties.ToList())
        {
            if (property is OpenApiSchema { Type: { } type } text && (type & JsonSchemaType.String) != 0
                && (name == "time" || name.EndsWith("_at", StringComparison.Ordinal)))
            {
                text.Format = DateTime;
            }

            if (!isRequest && WithoutNull(property) is { } present)
            {
                properties[name] = present;
                body.Required?.Remove(name);
            }
        }

        // Answers may gain fields within version 1, and whoever reads them has to pass over those.
        body.AdditionalPropertiesAllowed = !isRequest;
    }

    /// <summary>What a property is where it is there; null for one that always is.</summary>
    private static IOpenApiSchema? WithoutNull(IOpenApiSchema property)
    {
        if (property.OneOf is { Count: 2 } choices && choices.Any(IsNull))
        {
            return choices.Single(choice => !IsNull(choice));
        }

        if (property is not OpenApiSchema { Type: { } type } schema || (type & JsonSchemaType.Null) == 0)
        {
            return null;
        }

        schema.Type = type & ~JsonSchemaType.Null;
        return schema;
    }

    private static bool IsNull(IOpenApiSchema schema) => schema.Type == JsonSchemaType.Null;
}
