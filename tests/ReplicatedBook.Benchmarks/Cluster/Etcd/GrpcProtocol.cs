using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using ReplicatedBook.Benchmarks.Cluster.Wire;

namespace ReplicatedBook.Benchmarks.Cluster.Etcd;

/// <summary>gRPC over HTTP/2 (RFC 9113), as little of it as unary calls to etcd need, one at a time: so that the load
/// on etcd is as lean as the load on our nodes.</summary>
/// <param name="path">Of the method, such as <c>/etcdserverpb.KV/Put</c>.</param>
/// <param name="writeMessage">Writes a request message.</param>
internal sealed class GrpcProtocol(string path, Action<ArrayBufferWriter<byte>> writeMessage) : IWireProtocol
{
    private const int FrameHeader = 9;
    private const int MessageHeader = 5;
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte ResetStream = 3;
    private const byte Settings = 4;
    private const byte Ping = 6;
    private const byte GoAway = 7;
    private const byte WindowUpdate = 8;
    private const byte EndStream = 1;
    private const byte Ack = 1;
    private const byte EndHeaders = 4;
    private const int Window = 1 << 30; // Given once, so that no answer ever waits for more.

    private readonly byte[] _headers = HeaderBlock(path);
    private readonly ArrayBufferWriter<byte> _message = new(256);
    private int _stream = -1;
    private bool _hasMessage;

    /// <inheritdoc/>
    public void Greet(ArrayBufferWriter<byte> output)
    {
        output.Write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        WriteFrame(output, Settings, 0, 0, []);
        Span<byte> window = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(window, Window);
        WriteFrame(output, WindowUpdate, 0, 0, window);
    }

    /// <inheritdoc/>
    public void WriteRequest(ArrayBufferWriter<byte> output)
    {
        _stream += 2;
        _hasMessage = false;
        WriteFrame(output, Headers, EndHeaders, _stream, _headers);
        _message.ResetWrittenCount();
        _message.Write(stackalloc byte[MessageHeader]);
        writeMessage(_message);
        var bytes = _message.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), bytes.Length - MessageHeader);
        WriteFrame(output, Data, EndStream, _stream, bytes);
    }

    /// <inheritdoc/>
    public bool TryReadAnswer(
        ReadOnlySpan<byte> input, ArrayBufferWriter<byte> output, out WireAnswer answer, out int taken)
    {
        (answer, taken) = (default, 0);
        while (input.Length - taken >= FrameHeader)
        {
            var frame = input[taken..];
            var length = (frame[0] << 16) | (frame[1] << 8) | frame[2];
            if (frame.Length < FrameHeader + length)
            {
                return false;
            }

            taken += FrameHeader + length;
            var (type, flags) = (frame[3], frame[4]);
            var stream = BinaryPrimitives.ReadInt32BigEndian(frame[5..]) & int.MaxValue;
            if (TakeFrame(type, flags, stream, frame.Slice(FrameHeader, length), output) is { } outcome)
            {
                answer = new WireAnswer(outcome, outcome == WireOutcome.Done ? 1 : 0);
                return true;
            }
        }

        return false;
    }

    /// <summary>The outcome of the call when the frame ends it.</summary>
    private WireOutcome? TakeFrame(
        byte type, byte flags, int stream, ReadOnlySpan<byte> content, ArrayBufferWriter<byte> output)
    {
        switch (type)
        {
            case Settings when (flags & Ack) == 0:
                WriteFrame(output, Settings, Ack, 0, []);
                return null;
            case Ping when (flags & Ack) == 0:
                WriteFrame(output, Ping, Ack, 0, content);
                return null;
            case Data when stream == _stream:
                _hasMessage |= content.Length > MessageHeader;
                return null;

            // A failed call has a status and no message; one that succeeded has both.
            case Headers when stream == _stream && (flags & EndStream) != 0:
                return _hasMessage ? WireOutcome.Done : WireOutcome.Failed;
            case ResetStream when stream == _stream:
                return WireOutcome.Failed;
            case GoAway:
                return WireOutcome.Failed;
            default:
                return null;
        }
    }

    /// <summary>Headers without compression (RFC 7541): indexed where the static table has the pair, else
    /// literal.</summary>
    private static byte[] HeaderBlock(string path)
    {
        var block = new List<byte> { 0x83, 0x86 }; // :method POST, :scheme http
        Add(block, [0x04], path); // :path
        Add(block, [0x01], "localhost"); // :authority
        Add(block, [0x0f, 0x10], "application/grpc"); // content-type
        Add(block, [0x00, 2, (byte)'t', (byte)'e'], "trailers");
        return [.. block];
    }

    private static void Add(List<byte> block, byte[] name, string value)
    {
        block.AddRange(name);
        block.Add((byte)value.Length);
        block.AddRange(Encoding.ASCII.GetBytes(value));
    }

    private static void WriteFrame(
        ArrayBufferWriter<byte> output, byte type, byte flags, int stream, ReadOnlySpan<byte> content)
    {
        var header = output.GetSpan(FrameHeader);
        header[0] = (byte)(content.Length >> 16);
        header[1] = (byte)(content.Length >> 8);
        header[2] = (byte)content.Length;
        header[3] = type;
        header[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(header[5..], stream);
        output.Advance(FrameHeader);
        output.Write(content);
    }
}
