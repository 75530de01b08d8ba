using System.Text.Json.Serialization;
using ReplicatedBook.Cli.AgentRuns;
using ReplicatedBook.Cli.DevCluster;

namespace ReplicatedBook.Cli.Output;

/// <summary>JSON of what only rb itself prints.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<NodeReport>))]
[JsonSerializable(typeof(WatchedBook))]
[JsonSerializable(typeof(AgentLine))]
internal sealed partial class OutputJson : JsonSerializerContext;
