using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReplicatedBook.Node.Options;

/// <summary>Shows that a secret is set, and nothing of it.</summary>
internal sealed class MaskedText : JsonConverter<string>
{
    private const string Mask = "***";

    /// <inheritdoc/>
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("settings are shown as JSON, but not read by this");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Mask);
}
