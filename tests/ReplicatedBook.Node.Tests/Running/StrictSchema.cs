using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ReplicatedBook.Node.Tests.Running;

/// <summary>Holds JSON against the schemas of an OpenAPI document, more strictly than the document asks: an object has
/// no property that its schema does not name. A keyword that is not understood is a fault, so that nothing passes by
/// being overlooked.</summary>
internal sealed partial class StrictSchema(JsonElement document)
{
    private const string Prefix = "#/components/schemas/";

    private static readonly string[] Said = ["description", "title"]; // Of which nothing follows.

    /// <summary>What is wrong with a value; null when nothing is.</summary>
    /// <param name="schema">What it is to be.</param>
    /// <param name="value">The value.</param>
    /// <param name="path">Where the value is, for the message.</param>
    public string? FaultOf(JsonElement schema, JsonElement value, string path = "$")
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (FaultOf(keyword, schema, value, path) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>The schema of a name.</summary>
    public JsonElement Named(string name) =>
        document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private string? FaultOf(JsonProperty keyword, JsonElement schema, JsonElement value, string path)
    {
        var rule = keyword.Value;
        return keyword.Name switch
        {
            "$ref" => FaultOf(Named(rule.GetString()![Prefix.Length..]), value, path),
            "type" => IsOfType(rule, value) ? null : $"{path} is {value.ValueKind}, not {rule}",
            "properties" => value.ValueKind == JsonValueKind.Object ? PropertyFault(schema, value, path) : null,
            "required" => MissingFault(rule, value, path),
            "items" => value.ValueKind == JsonValueKind.Array ? ItemFault(rule, value, path) : null,
            "minItems" => CountFault(value, path, count => count >= rule.GetInt32()),
            "maxItems" => CountFault(value, path, count => count <= rule.GetInt32()),
            "oneOf" => ChoiceFault(rule, value, path),
            "enum" => rule.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value))
                ? null
                : $"{path} is {value}, which is none of {rule}",
            "format" => IsOfFormat(rule.GetString()!, value) ? null : $"{path} is {value}, which is no {rule}",
            "additionalProperties" => null, // Judged with the properties.
            _ => Said.Contains(keyword.Name) ? null : $"{path}: the keyword {keyword.Name} is not understood",
        };
    }

    private string? PropertyFault(JsonElement schema, JsonElement value, string path)
    {
        var known = schema.GetProperty("properties");
        var names = new HashSet<string>();
        foreach (var property in value.EnumerateObject())
        {
            var place = $"{path}.{property.Name}";
            if (!names.Add(property.Name))
            {
                return $"{place} is there twice";
            }

            if (!known.TryGetProperty(property.Name, out var rule))
            {
                return $"{place} is not in the schema";
            }

            if (FaultOf(rule, property.Value, place) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? MissingFault(JsonElement required, JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Object
            ? required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _))
                .Select(name => $"{path}.{name} is missing").FirstOrDefault()
            : null;

    private string? ItemFault(JsonElement rule, JsonElement value, string path) => value.EnumerateArray()
        .Select((item, i) => FaultOf(rule, item, $"{path}[{i}]")).FirstOrDefault(fault => fault is not null);

    private static string? CountFault(JsonElement value, string path, Func<int, bool> holds) =>
        value.ValueKind != JsonValueKind.Array || holds(value.GetArrayLength())
            ? null
            : $"{path} has {value.GetArrayLength()} items";

    private string? ChoiceFault(JsonElement choices, JsonElement value, string path)
    {
        var faults = choices.EnumerateArray().Select(choice => FaultOf(choice, value, path)).ToList();
        return faults.Count(fault => fault is null) == 1
            ? null
            : $"{path} is not exactly one of {choices}: {string.Join("; ", faults)}";
    }

    private static bool IsOfType(JsonElement types, JsonElement value) => types.ValueKind == JsonValueKind.Array
        ? types.EnumerateArray().Any(type => IsOfType(type, value))
        : types.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "null" => value.ValueKind == JsonValueKind.Null,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            _ => false,
        };

    private static bool IsOfFormat(string format, JsonElement value) => format switch
    {
        "int32" => value.ValueKind != JsonValueKind.Number || value.TryGetInt32(out _),
        "int64" => value.ValueKind != JsonValueKind.Number || value.TryGetInt64(out _),
        "date-time" => value.ValueKind != JsonValueKind.String
            || (Rfc3339().IsMatch(value.GetString()!) && DateTimeOffset.TryParse(
                value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)),
        _ => false,
    };

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$")]
    private static partial Regex Rfc3339();
}
