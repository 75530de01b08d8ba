using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReplicatedBook.Cli.DevCluster;

/// <summary>JSON of the state file.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DevClusterState))]
internal sealed partial class DevClusterJson : JsonSerializerContext;
