using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary>The data of messages as JSON.</summary>
internal static class ChannelJson
{
    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };

    /// <summary>An empty list.</summary>
    public static readonly ReadOnlyMemory<byte> Nothing = "[]"u8.ToArray();

    /// <summary>Makes a value piece by piece.</summary>
    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer, Unchecked);
        write(json);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A shape of the HTTP interface.</summary>
    public static byte[] Of<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    /// <summary>A step of a book.</summary>
    public static ReadOnlyMemory<byte> Of(BookUpdate update, InstrumentTerms terms) =>
        update.Json.Value ??= Of(json =>
        {
            json.WriteStartObject();
            Write(json, "bids", update.Bids, terms);
            Write(json, "asks", update.Asks, terms);
            json.WriteNumber("checksum", update.Checksum);
            json.WriteEndObject();
        });

    private static void Write(
        Utf8JsonWriter json, string name, IReadOnlyList<BookLine> lines, InstrumentTerms terms)
    {
        json.WriteStartArray(name);
        foreach (var line in lines)
        {
            json.WriteStartArray();
            json.WriteStringValue(terms.Format(line.Price));
            json.WriteStringValue(terms.Format(line.Quantity));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
