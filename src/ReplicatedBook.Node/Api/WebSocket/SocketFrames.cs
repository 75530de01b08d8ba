using System.Buffers;
using System.Text.Json;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.MarketData;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>The messages of a node (API.md 3), as UTF-8.</summary>
internal static class SocketFrames
{
    private const int UsualBytes = 512;

    /// <summary>What a route answered, where it did as asked.</summary>
    /// <param name="id">The request's name; empty for none.</param>
    /// <param name="status">Of HTTP.</param>
    /// <param name="body">JSON; empty for none.</param>
    public static byte[] Result(ReadOnlyMemory<byte> id, int status, ReadOnlyMemory<byte> body) =>
        Build(id, "result", body.Length, json =>
        {
            json.WriteNumber("status", status);
            if (!body.IsEmpty)
            {
                json.WritePropertyName("data");
                json.WriteRawValue(body.Span, skipInputValidation: true);
            }
        });

    /// <summary>A refusal of a route.</summary>
    /// <param name="id">The request's name; empty for none.</param>
    /// <param name="status">Of HTTP.</param>
    /// <param name="problem">JSON of the problem; empty for none.</param>
    public static byte[] Error(ReadOnlyMemory<byte> id, int status, ReadOnlyMemory<byte> problem) =>
        Build(id, "error", problem.Length, json =>
        {
            json.WriteNumber("status", status);
            if (!problem.IsEmpty)
            {
                json.WritePropertyName("problem");
                json.WriteRawValue(problem.Span, skipInputValidation: true);
            }
        });

    /// <summary>A refusal of the connection's own.</summary>
    public static byte[] Error(ReadOnlyMemory<byte> id, Problem problem) =>
        Error(id, problem.Status, JsonSerializer.SerializeToUtf8Bytes(problem, ResponseJson.Default.Problem));

    /// <summary>The answer to what concerns the connection alone.</summary>
    /// <param name="id">The request's name; empty for none.</param>
    /// <param name="type">Of the message.</param>
    /// <param name="more">Writes further fields.</param>
    public static byte[] Done(ReadOnlyMemory<byte> id, string type, Action<Utf8JsonWriter>? more = null) =>
        Build(id, type, 0, more);

    /// <summary>The answer to a change of subscriptions.</summary>
    public static byte[] Done(ReadOnlyMemory<byte> id, string type, IReadOnlyList<string> channels) =>
        Done(id, type, json =>
        {
            json.WriteStartArray("channels");
            foreach (var channel in channels)
            {
                json.WriteStringValue(channel);
            }

            json.WriteEndArray();
        });

    /// <summary>A message of a channel.</summary>
    /// <param name="channel">As the client named it.</param>
    /// <param name="message">What happened.</param>
    public static byte[] OfChannel(string channel, in ChannelMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(UsualBytes + message.Data.Length);
        using var json = NewWriter(buffer);
        json.WriteStartObject();
        json.WriteString("ch", channel);
        json.WriteString("type", message.Type);
        if (message.Type != ChannelMessage.Overrun)
        {
            json.WriteNumber("index", message.Index);
            json.WriteNumber("prev_index", message.PrevIndex);
        }

        if (!message.Data.IsEmpty)
        {
            json.WritePropertyName("data");
            json.WriteRawValue(message.Data.Span, skipInputValidation: true);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Build(ReadOnlyMemory<byte> id, string type, int more, Action<Utf8JsonWriter>? write)
    {
        var buffer = new ArrayBufferWriter<byte>(UsualBytes + more);
        using var json = NewWriter(buffer);
        json.WriteStartObject();
        if (!id.IsEmpty)
        {
            json.WritePropertyName("id");
            json.WriteRawValue(id.Span, skipInputValidation: true);
        }

        json.WriteString("type", type);
        write?.Invoke(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static Utf8JsonWriter NewWriter(ArrayBufferWriter<byte> buffer) =>
        new(buffer, new JsonWriterOptions { SkipValidation = true });
}
