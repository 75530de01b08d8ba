using System.Buffers;
using System.Text.Json;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>MessagePack bodies: the JSON shapes as maps. Translated at the edge, so that every route has them and
/// there is one
/// set of rules.</summary>
/// <remarks>Maps, arrays, texts, integers, booleans and nil; no floating point, no binary: our shapes have
/// none.</remarks>
internal static class MessagePackBodies
{
    public const string ContentType = "application/x-msgpack";

    private const int MaxDepth = 8;

    /// <summary>Translates a request.</summary>
    /// <returns>False when the bytes are not one value in the shortest form, or nested too deep.</returns>
    public static bool TryToJson(ReadOnlySpan<byte> messagePack, Utf8JsonWriter json)
    {
        var reader = new MessagePackReader(messagePack);
        if (!TryCopyValue(ref reader, json, 0) || !reader.IsAtEnd)
        {
            return false;
        }

        json.Flush();
        return true;
    }

    /// <summary>Translates an answer.</summary>
    /// <param name="json">One JSON value, as this node wrote it.</param>
    /// <param name="destination">Receives the bytes.</param>
    public static void FromJson(ReadOnlyMemory<byte> json, IBufferWriter<byte> destination)
    {
        using var document = JsonDocument.Parse(json);
        var writer = new MessagePackWriter(destination);
        CopyElement(document.RootElement, ref writer);
        writer.Flush();
    }

    // A failed read leaves the reader failed, so each kind is tried on a copy.
    private static bool TryCopyValue(ref MessagePackReader reader, Utf8JsonWriter json, int depth)
    {
        var attempt = reader;
        if (attempt.TryReadText(out var text))
        {
            reader = attempt;
            if (!System.Text.Unicode.Utf8.IsValid(text))
            {
                return false;
            }

            json.WriteStringValue(text);
            return true;
        }

        attempt = reader;
        if (attempt.TryReadInteger(out var integer))
        {
            reader = attempt;
            json.WriteNumberValue(integer);
            return true;
        }

        attempt = reader;
        if (attempt.TryReadBoolean(out var boolean))
        {
            reader = attempt;
            json.WriteBooleanValue(boolean);
            return true;
        }

        if (reader.TryReadNil())
        {
            json.WriteNullValue();
            return true;
        }

        return depth < MaxDepth && (TryCopyMap(ref reader, json, depth) || TryCopyArray(ref reader, json, depth));
    }

    private static bool TryCopyMap(ref MessagePackReader reader, Utf8JsonWriter json, int depth)
    {
        var attempt = reader;
        if (!attempt.TryReadMapHeader(out var count))
        {
            return false;
        }

        json.WriteStartObject();
        for (var i = 0; i < count; i++)
        {
            if (!attempt.TryReadText(out var name) || !System.Text.Unicode.Utf8.IsValid(name))
            {
                return false;
            }

            json.WritePropertyName(name);
            if (!TryCopyValue(ref attempt, json, depth + 1))
            {
                return false;
            }
        }

        json.WriteEndObject();
        reader = attempt;
        return true;
    }

    private static bool TryCopyArray(ref MessagePackReader reader, Utf8JsonWriter json, int depth)
    {
        if (!reader.TryReadArrayHeader(out var count))
        {
            return false;
        }

        json.WriteStartArray();
        for (var i = 0; i < count; i++)
        {
            if (!TryCopyValue(ref reader, json, depth + 1))
            {
                return false;
            }
        }

        json.WriteEndArray();
        return true;
    }

    private static void CopyElement(JsonElement element, ref MessagePackWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteMapHeader(element.GetPropertyCount());
                foreach (var member in element.EnumerateObject())
                {
                    writer.WriteText(System.Text.Encoding.UTF8.GetBytes(member.Name));
                    CopyElement(member.Value, ref writer);
                }

                break;
            case JsonValueKind.Array:
                writer.WriteArrayHeader(element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                {
                    CopyElement(item, ref writer);
                }

                break;
            case JsonValueKind.String:
                writer.WriteText(System.Text.Encoding.UTF8.GetBytes(element.GetString()!));
                break;
            case JsonValueKind.Number:
                writer.WriteInteger(element.GetInt64());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBoolean(element.GetBoolean());
                break;
            default:
                writer.WriteNil();
                break;
        }
    }
}
