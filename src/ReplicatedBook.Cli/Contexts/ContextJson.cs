using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReplicatedBook.Cli.Contexts;

/// <summary>JSON of the files with contexts and keys.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ContextBook))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class ContextJson : JsonSerializerContext;
