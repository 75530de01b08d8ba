using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using ReplicatedBook.Benchmarks.Cluster.Wire;

namespace ReplicatedBook.Benchmarks.Cluster.Sessions;

/// <summary>Orders over <c>/v1/ws</c> (RFC 6455), as little of it as they need.</summary>
internal sealed class WebSocketSession(OrderBodies bodies, string host) : ISessionProtocol
{
    private const byte Text = 0x81;
    private const byte Ping = 0x89;
    private const byte Pong = 0x8A;
    private const byte Close = 0x88;
    private const byte Masked = 0x80;
    private const int ShortLimit = 126;

    private readonly ArrayBufferWriter<byte> _frame = new(512);

    /// <inheritdoc/>
    public bool IsOpen { get; private set; }

    /// <inheritdoc/>
    public void Greet(ArrayBufferWriter<byte> output) => output.Write(Encoding.ASCII.GetBytes(
        $"GET /v1/ws HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));

    /// <inheritdoc/>
    public void WriteOrder(ArrayBufferWriter<byte> output, long number)
    {
        _frame.ResetWrittenCount();
        _frame.Write("{\"id\":"u8);
        Utf8Formatter.TryFormat(number, _frame.GetSpan(20), out var digits);
        _frame.Advance(digits);
        _frame.Write(",\"op\":\"order.place\",\"data\":"u8);
        bodies.WriteOrder(_frame);
        _frame.Write("}"u8);
        WriteFrame(output, Text, _frame.WrittenSpan);
    }

    /// <inheritdoc/>
    public int Read(
        ReadOnlySpan<byte> input, ArrayBufferWriter<byte> output, List<(long Number, WireOutcome Outcome)> answers)
    {
        var taken = 0;
        if (!IsOpen)
        {
            var end = input.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                return 0;
            }

            IsOpen = input.StartsWith("HTTP/1.1 101 "u8)
                ? true
                : throw new InvalidDataException(Encoding.ASCII.GetString(input[..end]));
            taken = end + 4;
        }

        while (TryFrame(input[taken..], out var kind, out var content, out var whole))
        {
            taken += whole;
            Take(kind, content, output, answers);
        }

        return taken;
    }

    private static void Take(
        byte kind, ReadOnlySpan<byte> content, ArrayBufferWriter<byte> output,
        List<(long Number, WireOutcome Outcome)> answers)
    {
        switch (kind)
        {
            case Ping:
                WriteFrame(output, Pong, content);
                break;
            case Text when content.StartsWith("{\"id\":"u8):
                if (!Utf8Parser.TryParse(content[6..], out long number, out _))
                {
                    throw new InvalidDataException("an answer without the id of an order");
                }

                answers.Add((number, OutcomeOf(content)));
                break;
            case Close:
                throw new InvalidDataException("the server closed the session");
        }
    }

    private static WireOutcome OutcomeOf(ReadOnlySpan<byte> content) =>
        content.IndexOf("\"type\":\"result\""u8) >= 0 ? WireOutcome.Done
        : content.IndexOf("\"overloaded\""u8) >= 0 && content.IndexOf("\"not_executed\""u8) >= 0
            ? WireOutcome.Overloaded
        : WireOutcome.Failed;

    private static bool TryFrame(
        ReadOnlySpan<byte> input, out byte kind, out ReadOnlySpan<byte> content, out int whole)
    {
        (kind, whole) = (0, 0);
        content = default;
        if (input.Length < 2)
        {
            return false;
        }

        var at = input[1] switch { < ShortLimit => 2, ShortLimit => 4, _ => 10 };
        if (input.Length < at)
        {
            return false;
        }

        var length = at switch
        {
            2 => input[1],
            4 => BinaryPrimitives.ReadUInt16BigEndian(input[2..]),
            _ => checked((int)BinaryPrimitives.ReadUInt64BigEndian(input[2..])),
        };
        if (input.Length - at < length)
        {
            return false;
        }

        (kind, whole) = (input[0], at + length);
        content = input.Slice(at, length);
        return true;
    }

    // The mask is zero, which a client of its own machine may choose: it leaves the content as it is.
    private static void WriteFrame(ArrayBufferWriter<byte> output, byte kind, ReadOnlySpan<byte> content)
    {
        var head = output.GetSpan(8);
        head[..8].Clear();
        head[0] = kind;
        if (content.Length < ShortLimit)
        {
            head[1] = (byte)(Masked | content.Length);
            output.Advance(6);
        }
        else
        {
            head[1] = Masked | ShortLimit;
            BinaryPrimitives.WriteUInt16BigEndian(head[2..], checked((ushort)content.Length));
            output.Advance(8);
        }

        output.Write(content);
    }
}
