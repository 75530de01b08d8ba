using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReplicatedBook.Cli.Init;

/// <summary>JSON of the plan.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ClusterPlan))]
internal sealed partial class InitJson : JsonSerializerContext;
