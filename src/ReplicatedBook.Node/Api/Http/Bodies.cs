using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using ReplicatedBook.Contracts;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Reads request bodies: JSON or MessagePack, of limited size, strictly.</summary>
internal static class Bodies
{
    private const string Json = "application/json";

    /// <summary>The problem of a body in another format.</summary>
    public static ApiProblem Unsupported { get; } = new(
        ProblemCodes.UnsupportedMediaType,
        $"Content-Type must be {Json} (UTF-8) or {MessagePackBodies.ContentType}, without Content-Encoding");

    /// <summary>Reads the body.</summary>
    /// <param name="http">The request.</param>
    /// <param name="type">Its shape.</param>
    /// <param name="maxBytes">Most bytes.</param>
    public static async ValueTask<Bound<T>> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type, int maxBytes)
        where T : class
    {
        var format = FormatOf(http.Request);
        if (format is null)
        {
            return Bound<T>.Refused(Unsupported);
        }

        if (http.Request.ContentLength > maxBytes)
        {
            return TooLarge<T>(maxBytes);
        }

        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > maxBytes)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                return TooLarge<T>(maxBytes);
            }

            if (read.IsCompleted)
            {
                return Finish(reader, read.Buffer, type, format);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Reads a body that may be absent.</summary>
    /// <returns>Neither value nor problem when there is none.</returns>
    public static async ValueTask<Bound<T>> ReadOptionalAsync<T>(
        HttpContext http, JsonTypeInfo<T> type, int maxBytes)
        where T : class =>
        http.Request.ContentLength is null or 0 && http.Request.Headers.TransferEncoding.Count == 0
            ? default
            : await ReadAsync(http, type, maxBytes);

    private static Bound<T> Finish<T>(
        PipeReader reader, ReadOnlySequence<byte> body, JsonTypeInfo<T> type, string format)
        where T : class
    {
        try
        {
            var bytes = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
            return format == Json ? StrictJson.Read(bytes, type) : FromMessagePack(bytes, type);
        }
        finally
        {
            reader.AdvanceTo(body.End);
        }
    }

    private static Bound<T> FromMessagePack<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type)
        where T : class
    {
        var buffer = new ArrayBufferWriter<byte>(Math.Max(256, bytes.Length * 2));
        using var json = new Utf8JsonWriter(buffer);
        return MessagePackBodies.TryToJson(bytes, json)
            ? StrictJson.Read(buffer.WrittenSpan, type)
            : Bound<T>.Refused(new ApiProblem(
                ProblemCodes.MalformedRequest, "the body is not one MessagePack value in its shortest form"));
    }

    private static string? FormatOf(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count != 0)
        {
            return null;
        }

        var text = request.ContentType;
        if (text == Json)
        {
            return Json;
        }

        if (!MediaTypeHeaderValue.TryParse(text, out var parsed))
        {
            return null;
        }

        return parsed.MediaType.Equals(MessagePackBodies.ContentType, StringComparison.OrdinalIgnoreCase)
            ? MessagePackBodies.ContentType
            : parsed.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
                && (!parsed.Charset.HasValue || parsed.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
                ? Json
                : null;
    }

    private static Bound<T> TooLarge<T>(int maxBytes) =>
        Bound<T>.Refused(new ApiProblem(ProblemCodes.BodyTooLarge, $"at most {maxBytes} bytes are taken"));
}
