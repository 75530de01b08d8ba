using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Writes answers and problems, as JSON or as MessagePack where the client prefers that.</summary>
internal sealed class Answers(IReplicatedLog log)
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";
    private const int RetainedBytes = 64 << 10;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Writes an answer.</summary>
    public void Write<T>(HttpContext http, int status, T body, JsonTypeInfo<T> type)
    {
        var (buffer, writer) = TakeBuffer();
        JsonSerializer.Serialize(writer, body, type);
        writer.Flush();
        Send(http, status, Json, buffer);
    }

    /// <summary>Writes an answer piece by piece.</summary>
    public void Write(HttpContext http, int status, Action<Utf8JsonWriter> write)
    {
        var (buffer, writer) = TakeBuffer();
        write(writer);
        writer.Flush();
        Send(http, status, Json, buffer);
    }

    /// <summary>Answers that it is done; there is nothing to say beyond the headers.</summary>
    public static void WriteEmpty(HttpContext http) => http.Response.StatusCode = StatusCodes.Status204NoContent;

    /// <summary>Writes a problem; index and term are those of the headers already set.</summary>
    public void Write(HttpContext http, ApiProblem problem)
    {
        var (buffer, writer) = TakeBuffer();
        JsonSerializer.Serialize(writer, ToProblem(http, problem), ResponseJson.Default.Problem);
        writer.Flush();
        Send(http, problem.Code.Status, ProblemJson, buffer);
    }

    /// <summary>Writes a problem if there is one.</summary>
    /// <returns>Whether it did.</returns>
    public bool Refuse(HttpContext http, ApiProblem? problem)
    {
        if (problem is not null)
        {
            Write(http, problem);
        }

        return problem is not null;
    }

    /// <summary>Writes why something was not found or could not be looked up, if that is so.</summary>
    /// <returns>Whether it did.</returns>
    public bool Refuse(HttpContext http, ReadFailure? failure) =>
        failure is not null && Refuse(http, Problems.Of(failure));

    /// <summary>The problem as clients see it.</summary>
    public Problem ToProblem(HttpContext http, ApiProblem problem) => new(
        problem.Code.Type,
        problem.Code.Title,
        problem.Code.Status,
        problem.Code.Code,
        problem.Detail,
        problem.Outcome,
        problem.Code.Retryable,
        http.TraceIdentifier,
        problem.Index ?? Number(http, RbHeaders.Index),
        Number(http, RbHeaders.Term),
        log.Status.Leader?.Value,
        problem.OldestIndex,
        problem.Order,
        problem.Errors);

    private static long? Number(HttpContext http, string header) =>
        long.TryParse(http.Response.Headers[header], out var value) ? value : null;

    // One buffer per thread: an answer is built and handed to the connection without a wait in between.
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) TakeBuffer()
    {
        if (_buffer is null || _buffer.Capacity > RetainedBytes)
        {
            _buffer = new ArrayBufferWriter<byte>(4096);
            _writer = null;
        }

        _buffer.ResetWrittenCount();
        _writer ??= new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });
        _writer.Reset(_buffer);
        return (_buffer, _writer);
    }

    private static void Send(HttpContext http, int status, string contentType, ArrayBufferWriter<byte> json)
    {
        var response = http.Response;
        response.StatusCode = status;
        var body = json.WrittenSpan;
        if (http.Request.Headers.Accept is [{ } accept]
            && accept.Contains(MessagePackBodies.ContentType, StringComparison.OrdinalIgnoreCase))
        {
            var packed = new ArrayBufferWriter<byte>(json.WrittenCount);
            MessagePackBodies.FromJson(json.WrittenMemory, packed);
            body = packed.WrittenSpan;
            contentType = MessagePackBodies.ContentType;
        }

        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.BodyWriter.Write(body);
    }
}
