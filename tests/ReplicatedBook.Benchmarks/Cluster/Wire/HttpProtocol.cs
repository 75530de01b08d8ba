using System.Buffers;
using System.Buffers.Text;

namespace ReplicatedBook.Benchmarks.Cluster.Wire;

/// <summary>HTTP/1.1 with keep-alive, as little of it as the answers of a node need: status line, Content-Length,
/// body.</summary>
/// <param name="head">Request line and headers up to and without Content-Length.</param>
/// <param name="writeBody">Writes a body; null for requests without one.</param>
/// <param name="countDone">How many operations the body of a good answer acknowledges.</param>
internal sealed class HttpProtocol(
    byte[] head, Action<ArrayBufferWriter<byte>>? writeBody, Func<ReadOnlySpan<byte>, int> countDone) : IWireProtocol
{
    private const int StatusAt = 9; // After "HTTP/1.1 ".

    private readonly ArrayBufferWriter<byte> _body = new(512);

    /// <summary>Head of a request that posts JSON.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="host">Of which node.</param>
    /// <param name="bearer">Its credential; null for none.</param>
    public static byte[] Post(string path, string host, string? bearer) => System.Text.Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            + (bearer is null ? "" : $"Authorization: Bearer {bearer}\r\n"));

    /// <summary>Head of a request that gets something.</summary>
    public static byte[] Get(string path, string host) => System.Text.Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: {host}\r\n");

    /// <inheritdoc/>
    public void Greet(ArrayBufferWriter<byte> output)
    {
    }

    /// <inheritdoc/>
    public void WriteRequest(ArrayBufferWriter<byte> output)
    {
        output.Write(head);
        if (writeBody is null)
        {
            output.Write("\r\n"u8);
            return;
        }

        _body.ResetWrittenCount();
        writeBody(_body);
        output.Write("Content-Length: "u8);
        Utf8Formatter.TryFormat(_body.WrittenCount, output.GetSpan(16), out var digits);
        output.Advance(digits);
        output.Write("\r\n\r\n"u8);
        output.Write(_body.WrittenSpan);
    }

    /// <inheritdoc/>
    public bool TryReadAnswer(
        ReadOnlySpan<byte> input, ArrayBufferWriter<byte> output, out WireAnswer answer, out int taken)
    {
        (answer, taken) = (default, 0);
        var headEnd = input.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
        {
            return false;
        }

        var bodyAt = headEnd + 4;
        var length = ContentLength(input[..bodyAt]);
        if (input.Length < bodyAt + length)
        {
            return false;
        }

        taken = bodyAt + length;
        var body = input.Slice(bodyAt, length);
        answer = input[StatusAt..] switch
        {
            [(byte)'2', ..] => new WireAnswer(WireOutcome.Done, countDone(body)),
            [(byte)'5', (byte)'0', (byte)'3', ..] or [(byte)'4', (byte)'2', (byte)'9', ..]
                when body.IndexOf("\"overloaded\""u8) >= 0 && body.IndexOf("\"not_executed\""u8) >= 0
                => new WireAnswer(WireOutcome.Overloaded, 0),
            _ => new WireAnswer(WireOutcome.Failed, 0),
        };
        return true;
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(head[(at + 16)..], out int length, out _)
            ? length
            : throw new InvalidDataException("an answer without Content-Length");
    }
}
