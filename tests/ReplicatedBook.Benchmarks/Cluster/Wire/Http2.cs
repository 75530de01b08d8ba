using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ReplicatedBook.Benchmarks.Cluster.Wire;

/// <summary>Frames of HTTP/2 (RFC 9113), as far as calls of gRPC need them.</summary>
internal static class Http2
{
    public const byte Data = 0;
    public const byte Settings = 4;

    private const int FrameHeader = 9;
    private const byte Headers = 1;
    private const byte ResetStream = 3;
    private const byte Ping = 6;
    private const byte GoAway = 7;
    private const byte WindowUpdate = 8;
    private const byte EndStream = 1;
    private const byte Ack = 1;
    private const byte EndHeaders = 4;
    private const int InitialWindow = 4; // Of the settings.
    private const int Window = 1 << 30; // Given once, so that no answer ever waits for more.

    /// <summary>What a client sends first: preface, settings, room for all answers.</summary>
    public static void Greet(ArrayBufferWriter<byte> output)
    {
        output.Write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        Span<byte> setting = stackalloc byte[6];
        BinaryPrimitives.WriteInt16BigEndian(setting, InitialWindow);
        BinaryPrimitives.WriteInt32BigEndian(setting[2..], Window);
        WriteFrame(output, Settings, 0, 0, setting);
        Span<byte> window = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(window, Window);
        WriteFrame(output, WindowUpdate, 0, 0, window);
    }

    /// <summary>Begins a call.</summary>
    public static void WriteHeaders(ArrayBufferWriter<byte> output, int stream, string path) =>
        WriteFrame(output, Headers, EndHeaders, stream, HeaderBlock(path));

    /// <summary>Sends a message, or several, with their headers.</summary>
    public static void WriteData(
        ArrayBufferWriter<byte> output, int stream, ReadOnlySpan<byte> messages, bool isLast = false) =>
        WriteFrame(output, Data, isLast ? EndStream : (byte)0, stream, messages);

    /// <summary>Finds the next frame.</summary>
    /// <returns>Whether it is there whole.</returns>
    public static bool TryRead(ReadOnlySpan<byte> input, out Frame frame)
    {
        frame = default;
        if (input.Length < FrameHeader)
        {
            return false;
        }

        var length = (input[0] << 16) | (input[1] << 8) | input[2];
        if (input.Length < FrameHeader + length)
        {
            return false;
        }

        frame = new Frame(
            input[3], input[4], BinaryPrimitives.ReadInt32BigEndian(input[5..]) & int.MaxValue,
            input.Slice(FrameHeader, length));
        return true;
    }

    /// <summary>Whether a frame ends its call, or all of them.</summary>
    public static bool EndsCall(in Frame frame) => frame.Type is ResetStream or GoAway
        || (frame.Type is Headers or Data && (frame.Flags & EndStream) != 0);

    /// <summary>Replies to what wants a reply.</summary>
    public static void Reply(in Frame frame, ArrayBufferWriter<byte> output)
    {
        if (frame.Type is Settings or Ping && (frame.Flags & Ack) == 0)
        {
            WriteFrame(output, frame.Type, Ack, 0, frame.Type == Ping ? frame.Content : []);
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

    /// <summary>One frame; good as long as the bytes it was read from.</summary>
    public readonly ref struct Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> content)
    {
        public byte Type { get; } = type;

        public byte Flags { get; } = flags;

        public int Stream { get; } = stream;

        public ReadOnlySpan<byte> Content { get; } = content;

        /// <summary>With its header.</summary>
        public int WholeLength => FrameHeader + Content.Length;
    }
}
