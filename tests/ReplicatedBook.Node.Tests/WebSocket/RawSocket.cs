using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.WebSocket;

/// <summary>A WebSocket client that does nothing by itself: it answers no ping and reads only when it is told
/// to.</summary>
internal sealed class RawSocket : IAsyncDisposable
{
    public const int Text = 1;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    private const int Final = 0x80;
    private const int Masked = 0x80;

    private readonly TcpClient _connection = new();
    private NetworkStream _stream = null!;

    private RawSocket()
    {
    }

    /// <summary>Opens a connection.</summary>
    /// <param name="node">The node.</param>
    /// <param name="receiveBytes">How much the system takes in for it unread; 0 for its standard.</param>
    public static async Task<RawSocket> OpenAsync(TestClient node, int receiveBytes = 0)
    {
        var raw = new RawSocket();
        if (receiveBytes > 0)
        {
            raw._connection.ReceiveBufferSize = receiveBytes;
        }

        var address = node.Http.BaseAddress!;
        await raw._connection.ConnectAsync(address.Host, address.Port);
        raw._stream = raw._connection.GetStream();
        await raw._stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /v1/ws HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await raw.ReadExactlyAsync(1))[0]);
        }

        Assert.StartsWith("HTTP/1.1 101 ", head.ToString(), StringComparison.Ordinal);
        return raw;
    }

    /// <summary>Sends a frame.</summary>
    public async Task SendAsync(int opcode, byte[] payload)
    {
        var length = payload.Length < 126 ? 0 : 2;
        var frame = new byte[2 + length + 4 + payload.Length]; // The mask is zero, so the payload stays as it is.
        frame[0] = (byte)(Final | opcode);
        frame[1] = (byte)(Masked | (length == 0 ? payload.Length : 126));
        if (length > 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        }

        payload.CopyTo(frame, 2 + length + 4);
        await _stream.WriteAsync(frame);
    }

    public Task SendAsync(string text) => SendAsync(Text, Encoding.UTF8.GetBytes(text));

    /// <summary>The next frame.</summary>
    public async Task<(int Opcode, byte[] Payload)> ReadAsync()
    {
        var head = await ReadExactlyAsync(2);
        var length = (long)(head[1] & 0x7F);
        if (length == 126)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(await ReadExactlyAsync(2));
        }
        else if (length == 127)
        {
            length = BinaryPrimitives.ReadInt64BigEndian(await ReadExactlyAsync(8));
        }

        return (head[0] & 0x0F, await ReadExactlyAsync((int)length));
    }

    /// <summary>The next frame, which has to carry a code.</summary>
    public async Task<(int Opcode, int Code)> ReadCloseAsync()
    {
        var (opcode, payload) = await ReadAsync();
        return (opcode, BinaryPrimitives.ReadUInt16BigEndian(payload));
    }

    /// <summary>Asks for a sign of life and takes it.</summary>
    public async Task RequirePongAsync()
    {
        await SendAsync("""{"op":"ping"}""");
        var (opcode, payload) = await ReadAsync();
        Assert.Equal((Text, """{"type":"pong"}"""), (opcode, Encoding.UTF8.GetString(payload)));
    }

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<byte[]> ReadExactlyAsync(int count)
    {
        using var patience = new CancellationTokenSource(TestClient.Patience);
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, patience.Token);
        return bytes;
    }
}
