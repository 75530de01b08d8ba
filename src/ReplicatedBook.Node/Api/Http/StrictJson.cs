using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using ReplicatedBook.Contracts;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Reads a body strictly. The good case is one pass of generated code; only a refused body is looked at
/// again, to say what is wrong with which field.</summary>
internal static class StrictJson
{
    private const int MaxDepth = 8;

    /// <summary>Reads an object.</summary>
    /// <param name="utf8">The whole body.</param>
    /// <param name="type">Its shape, with strict options.</param>
    public static Bound<T> Read<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type)
        where T : class
    {
        if (!Utf8.IsValid(utf8))
        {
            return Malformed<T>("the body is not UTF-8");
        }

        try
        {
            return JsonSerializer.Deserialize(utf8, type) is { } value
                ? new Bound<T>(value, null)
                : Malformed<T>("an object is expected");
        }
        catch (JsonException)
        {
            return Explain(utf8, type);
        }
    }

    private static Bound<T> Explain<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8.ToArray(), new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException failure)
        {
            return Malformed<T>(
                $"not JSON at line {failure.LineNumber.GetValueOrDefault() + 1}, byte {failure.BytePositionInLine}");
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return Malformed<T>("an object is expected");
            }

            var defects = new Defects();
            try
            {
                Inspect(document.RootElement, type, "", defects);
            }
            catch (InvalidOperationException)
            {
                return Malformed<T>("a name has half of a character"); // An escape like \ud800 stands for no text.
            }

            return defects.ToProblem() is { } problem
                ? Bound<T>.Refused(problem)
                : Malformed<T>("the body does not have the form of this request");
        }
    }

    private static void Inspect(JsonElement value, JsonTypeInfo type, string prefix, Defects defects)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var path = prefix + Shown(member.Name);
            var field = Find(type, member.Name);
            if (field is null)
            {
                defects.Add(ProblemCodes.UnknownField, path, $"{path} is not a field of this request");
            }
            else if (!seen.Add(member.Name))
            {
                defects.Add(ProblemCodes.DuplicateField, path, $"{path} is given twice");
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                InspectValue(member.Value, field.PropertyType, type, path, defects);
            }
        }

        foreach (var field in type.Properties)
        {
            if (field.IsRequired
                && (!value.TryGetProperty(field.Name, out var given) || given.ValueKind == JsonValueKind.Null))
            {
                defects.Missing(prefix + field.Name);
            }
        }
    }

    private static void InspectValue(
        JsonElement value, Type expected, JsonTypeInfo owner, string path, Defects defects)
    {
        var bare = Nullable.GetUnderlyingType(expected) ?? expected;
        if (bare == typeof(string))
        {
            Require(value.ValueKind == JsonValueKind.String, "a text");
        }
        else if (bare == typeof(bool))
        {
            Require(value.ValueKind is JsonValueKind.True or JsonValueKind.False, "true or false");
        }
        else if (bare == typeof(int))
        {
            Require(value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _), "a 32-bit integer");
        }
        else if (bare == typeof(long))
        {
            Require(value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _), "a 64-bit integer");
        }
        else if (bare.GenericTypeArguments is [var element, ..] && element == typeof(string))
        {
            InspectTexts(value, isMap: bare.GenericTypeArguments.Length > 1, path, defects);
        }
        else
        {
            InspectList(value, owner.Options.GetTypeInfo(bare.GenericTypeArguments[0]), path, defects);
        }

        void Require(bool holds, string what)
        {
            if (!holds)
            {
                defects.Invalid(path, $"{path} must be {what}");
            }
        }
    }

    private static void InspectList(JsonElement value, JsonTypeInfo element, string path, Defects defects)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            defects.Invalid(path, $"{path} must be a list");
            return;
        }

        var position = 0;
        foreach (var item in value.EnumerateArray())
        {
            var itemPath = $"{path}[{position++}]";
            if (item.ValueKind == JsonValueKind.Object)
            {
                Inspect(item, element, itemPath + ".", defects);
            }
            else
            {
                defects.Invalid(itemPath, $"{itemPath} must be an object");
            }
        }
    }

    private static void InspectTexts(JsonElement value, bool isMap, string path, Defects defects)
    {
        if (value.ValueKind != (isMap ? JsonValueKind.Object : JsonValueKind.Array))
        {
            defects.Invalid(path, $"{path} must be {(isMap ? "an object" : "a list")} of texts");
            return;
        }

        var items = isMap
            ? value.EnumerateObject().Select(member => (Path: $"{path}.{Shown(member.Name)}", member.Value))
            : value.EnumerateArray().Select((item, position) => (Path: $"{path}[{position}]", Value: item));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (!seen.Add(item.Path))
            {
                defects.Add(ProblemCodes.DuplicateField, item.Path, $"{item.Path} is given twice");
            }
            else if (item.Value.ValueKind != JsonValueKind.String)
            {
                defects.Invalid(item.Path, $"{item.Path} must be a text");
            }
        }
    }

    private static JsonPropertyInfo? Find(JsonTypeInfo type, string name)
    {
        foreach (var field in type.Properties)
        {
            if (field.Name == name)
            {
                return field;
            }
        }

        return null;
    }

    // Names of unknown fields are the client's own text: cut, so that an answer stays small.
    private static string Shown(string name) => name.Length <= 64 ? name : name[..64] + "...";

    private static Bound<T> Malformed<T>(string detail) =>
        Bound<T>.Refused(new ApiProblem(ProblemCodes.MalformedRequest, detail));
}
