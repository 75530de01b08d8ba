using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using ReplicatedBook.Benchmarks.Cluster.Wire;
using ReplicatedBook.Contracts.Grpc;

namespace ReplicatedBook.Benchmarks.Cluster.Grpc;

/// <summary>One gRPC session of orders over HTTP/2 (RFC 9113), as little of it as that needs: a round of orders in one
/// frame, the next when all have their replies. So the load costs less than what it measures.</summary> <param
/// name="market">What is traded.</param> <param name="session">Number of the session, for its draws.</param> <param
/// name="orders">Orders of a round.</param>
internal sealed class SessionProtocol(LoadMarket market, int session, int orders) : IWireProtocol
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
    private const byte Ack = 1;
    private const byte EndHeaders = 4;
    private const byte InitialWindow = 4;
    private const int Window = (1 << 30) - 1;
    private const int GivenAnew = 1 << 24; // After so many bytes the windows are filled up again.
    private const int Stream = 1;
    private const byte ErrorReply = (7 << 3) | 2; // The first byte behind the tag of a reply that is a refusal.

    private readonly Random _random = new(session + 1);
    private readonly ArrayBufferWriter<byte> _round = new(1 << 14);
    private readonly PlaceOrderRequest _order = new()
    {
        AccountId = market.Account,
        Instrument = market.Symbol,
        Type = OrderType.Limit,
        Stp = Stp.None,
    };

    private byte[] _replies = new byte[1 << 14];
    private int _filled;
    private int _left;
    private int _done;
    private int _overloaded;
    private int _unseen;
    private ulong _tag;
    private bool _hasFailed; // A refusal of another kind than overload.

    /// <inheritdoc/>
    public void Greet(ArrayBufferWriter<byte> output)
    {
        output.Write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        Span<byte> window = stackalloc byte[6];
        window[1] = InitialWindow;
        BinaryPrimitives.WriteInt32BigEndian(window[2..], Window);
        WriteFrame(output, Settings, 0, 0, window);
        WriteFrame(output, WindowUpdate, 0, 0, window[2..]);
        WriteFrame(output, Headers, EndHeaders, Stream, HeaderBlock());
    }

    /// <inheritdoc/>
    public void WriteRequest(ArrayBufferWriter<byte> output)
    {
        (_left, _done, _overloaded) = (orders, 0, 0);
        _round.ResetWrittenCount();
        for (var i = 0; i < orders; i++)
        {
            LoadOrders.Next(_order, _random, _tag);
            var request = new SessionRequest { Tag = ++_tag, Place = _order };
            var length = request.CalculateSize();
            var frame = _round.GetSpan(MessageHeader + length)[..(MessageHeader + length)];
            frame[0] = 0;
            BinaryPrimitives.WriteInt32BigEndian(frame[1..], length);
            request.WriteTo(frame[MessageHeader..]);
            _round.Advance(frame.Length);
        }

        WriteFrame(output, Data, 0, Stream, _round.WrittenSpan);
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
            if (!TakeFrame(frame[3], frame[4], frame.Slice(FrameHeader, length), output))
            {
                answer = new WireAnswer(WireOutcome.Failed, _done);
                return true;
            }

            if (_left == 0)
            {
                answer = new WireAnswer(
                    _hasFailed ? WireOutcome.Failed
                    : _overloaded == 0 ? WireOutcome.Done : WireOutcome.Overloaded,
                    _done);
                return true;
            }
        }

        return false;
    }

    /// <summary>False when the session has ended.</summary>
    private bool TakeFrame(byte type, byte flags, ReadOnlySpan<byte> content, ArrayBufferWriter<byte> output)
    {
        switch (type)
        {
            case Settings when (flags & Ack) == 0:
                WriteFrame(output, Settings, Ack, 0, []);
                return true;
            case Ping when (flags & Ack) == 0:
                WriteFrame(output, Ping, Ack, 0, content);
                return true;
            case Data:
                GiveAnew(content.Length, output);
                TakeReplies(content);
                return true;
            case ResetStream or GoAway:
                return false;
            default:
                return true;
        }
    }

    private void GiveAnew(int length, ArrayBufferWriter<byte> output)
    {
        _unseen += length;
        if (_unseen > GivenAnew)
        {
            Span<byte> window = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(window, _unseen);
            WriteFrame(output, WindowUpdate, 0, 0, window);
            WriteFrame(output, WindowUpdate, 0, Stream, window);
            _unseen = 0;
        }
    }

    private void TakeReplies(ReadOnlySpan<byte> content)
    {
        while (_filled + content.Length > _replies.Length)
        {
            Array.Resize(ref _replies, 2 * _replies.Length);
        }

        content.CopyTo(_replies.AsSpan(_filled));
        _filled += content.Length;
        var at = 0;
        while (_filled - at >= MessageHeader)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(_replies.AsSpan(at + 1));
            if (_filled - at < MessageHeader + length)
            {
                break;
            }

            Take(_replies.AsSpan(at + MessageHeader, length));
            at += MessageHeader + length;
        }

        _replies.AsSpan(at, _filled - at).CopyTo(_replies);
        _filled -= at;
    }

    private void Take(ReadOnlySpan<byte> reply)
    {
        var at = 1; // Behind the key of the tag, which is never 0.
        while ((reply[at++] & 0x80) != 0)
        {
        }

        _left--;
        if (reply[at] != ErrorReply)
        {
            _done++;
            return;
        }

        var error = SessionReply.Parser.ParseFrom(reply).Error;
        _overloaded += error.Code == "overloaded" ? 1 : 0;
        if (error.Code != "overloaded" && !_hasFailed)
        {
            _hasFailed = true;
            Console.Error.WriteLine($"  session {session}: {error.Code}: {error.Message}");
        }
    }

    /// <summary>Headers without compression (RFC 7541): indexed where the static table has the pair, else
    /// literal.</summary>
    private static byte[] HeaderBlock()
    {
        var block = new List<byte> { 0x83, 0x86 }; // :method POST, :scheme http
        Add(block, [0x04], "/replicatedbook.v1.Trading/Session"); // :path
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
