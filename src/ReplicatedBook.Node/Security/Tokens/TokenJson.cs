using System.Text.Json.Serialization;

namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>Reads and writes claims: nothing unknown, nothing twice, nothing missing.</summary>
[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TokenPayload))]
internal sealed partial class TokenJson : JsonSerializerContext;
