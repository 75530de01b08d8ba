using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>A client that sends frames without end and reads nothing, until it is stopped or the connection is
/// ended.</summary>
internal sealed class Http2Abuse : IDisposable
{
    public const byte Headers = 1;
    public const byte Reset = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte Continuation = 9;
    public const byte EndHeaders = 4;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Bytes that went out.</summary>
    public long Sent { get; private set; }

    /// <summary>Whether the node ended the connection.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>A request without a body, whose stream stays open.</summary>
    public static byte[] RequestHeaders { get; } =
    [
        0x83, 0x86, // :method POST, :scheme http
        .. Literal([0x04], "/replicatedbook.v1.MarketData/ListInstruments"), .. Literal([0x01], "localhost"),
        .. Literal([0x0f, 0x10], "application/grpc"), .. Literal([0x00, 2, (byte)'t', (byte)'e'], "trailers"),
    ];

    /// <summary>Sends pieces until told to stop.</summary>
    /// <param name="port">Of the node.</param>
    /// <param name="piece">Makes piece k, from 0 on.</param>
    /// <param name="stop">Stops it.</param>
    public async Task RunAsync(int port, Func<int, byte[]> piece, CancellationToken stop)
    {
        await _socket.ConnectAsync(IPAddress.Loopback, port, stop);
        try
        {
            byte[] greeting = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, [])];
            await SendAsync(greeting, stop);
            for (var k = 0; ; k++)
            {
                await SendAsync(piece(k), stop);
            }
        }
        catch (OperationCanceledException)
        {
            // It has gone on long enough.
        }
        catch (SocketException)
        {
            IsEnded = true;
        }
    }

    /// <summary>One frame.</summary>
    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> content)
    {
        var frame = new byte[9 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, content.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        content.CopyTo(frame.AsSpan(9));
        return frame;
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        while (bytes.Length > 0)
        {
            var sent = await _socket.SendAsync(bytes, stop);
            Sent += sent;
            bytes = bytes[sent..];
        }
    }

    private static byte[] Literal(ReadOnlySpan<byte> name, string value) =>
        [.. name, (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}
