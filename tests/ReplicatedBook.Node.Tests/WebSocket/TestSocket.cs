using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.WebSocket;

/// <summary>A client of <c>/v1/ws</c> that waits for every message with patience.</summary>
internal sealed class TestSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();

    private TestSocket()
    {
    }

    /// <summary>Code of the close frame that came; null as long as none did.</summary>
    public int? CloseCode => (int?)_socket.CloseStatus;

    /// <summary>Opens a connection.</summary>
    /// <param name="node">The node.</param>
    /// <param name="headers">Of the handshake.</param>
    public static async Task<TestSocket> OpenAsync(TestClient node, params (string Name, string Value)[] headers)
    {
        var opened = new TestSocket();
        opened._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        opened._socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
        {
            opened._socket.Options.SetRequestHeader(name, value);
        }

        using var patience = new CancellationTokenSource(TestClient.Patience);
        await opened._socket.ConnectAsync(AddressOf(node), node.Http, patience.Token);
        return opened;
    }

    public async Task SendAsync(string text)
    {
        using var patience = new CancellationTokenSource(TestClient.Patience);
        await _socket.SendAsync(
            Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
    }

    public async Task SendBytesAsync(byte[] bytes, WebSocketMessageType type)
    {
        using var patience = new CancellationTokenSource(TestClient.Patience);
        await _socket.SendAsync(bytes, type, endOfMessage: true, patience.Token);
    }

    /// <summary>The next message; fails when the node closes instead.</summary>
    public async Task<JsonElement> NextAsync() =>
        await TryNextAsync() ?? throw new InvalidOperationException($"closed with {CloseCode}");

    /// <summary>The next message; null when the node closes instead.</summary>
    public async Task<JsonElement?> TryNextAsync()
    {
        using var patience = new CancellationTokenSource(TestClient.Patience);
        var bytes = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (true)
        {
            var read = await _socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            bytes.Write(buffer, 0, read.Count);
            if (read.EndOfMessage)
            {
                Assert.Equal(WebSocketMessageType.Text, read.MessageType);
                return JsonDocument.Parse(bytes.ToArray()).RootElement;
            }
        }
    }

    /// <summary>Sends a message and takes the next that comes.</summary>
    public async Task<JsonElement> AskAsync(string text)
    {
        await SendAsync(text);
        return await NextAsync();
    }

    /// <summary>Reads on until the node closes.</summary>
    /// <returns>The code of its close frame.</returns>
    public async Task<int?> UntilClosedAsync()
    {
        while (await TryNextAsync() is not null)
        {
        }

        return CloseCode;
    }

    /// <summary>Closes in good order.</summary>
    public async Task CloseAsync()
    {
        using var patience = new CancellationTokenSource(TestClient.Patience);
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
    }

    /// <summary>Breaks the connection.</summary>
    public void Dispose() => _socket.Dispose();

    private static Uri AddressOf(TestClient node)
    {
        var address = new UriBuilder(new Uri(node.Http.BaseAddress!, "/v1/ws"));
        address.Scheme = address.Scheme == "https" ? "wss" : "ws";
        return address.Uri;
    }
}
