using System.Net;
using System.Net.WebSockets;
using System.Text.Json;

namespace ReplicatedBook.Client.Streaming;

/// <summary>One WebSocket connection to one node. One reads and one writes at a time.</summary>
internal sealed class SocketLink : IDisposable
{
    /// <summary>Largest message that is read: far above the snapshot of any book.</summary>
    private const int MaxMessageBytes = 64 << 20;

    private const int UsualMessageBytes = 16 << 10;

    // A node that hangs or is cut off is found out in as long as two elections take.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(2);

    private readonly ClientWebSocket _socket;
    private byte[] _buffer = new byte[UsualMessageBytes];

    private SocketLink(ClientWebSocket socket, Uri endpoint) => (_socket, Endpoint) = (socket, endpoint);

    /// <summary>The node.</summary>
    public Uri Endpoint { get; }

    /// <summary>Opens a connection.</summary>
    /// <param name="endpoint">The node's base address.</param>
    /// <param name="http">Whose trust and limits hold.</param>
    /// <param name="bearer">The credential; null for none.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>The connection; or the status of the refusal, 0 when no node answered.</returns>
    public static async Task<(SocketLink? Link, HttpStatusCode Status)> TryOpenAsync(
        Uri endpoint, HttpMessageInvoker http, string? bearer, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = KeepAlive;
        socket.Options.KeepAliveTimeout = KeepAlive;
        socket.Options.CollectHttpResponseDetails = true;
        if (bearer is not null)
        {
            socket.Options.SetRequestHeader("Authorization", "Bearer " + bearer);
        }

        try
        {
            await socket.ConnectAsync(AddressOf(endpoint), http, cancellation).ConfigureAwait(false);
            return (new SocketLink(socket, endpoint), socket.HttpStatusCode);
        }
        catch (WebSocketException)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            return (null, status);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            return (null, 0); // Nobody gave it up, so it is the limit on connecting.
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a message.</summary>
    /// <returns>False when the connection is lost; then nothing is known of the message.</returns>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellation)
                .ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (IsOfConnection(failure) && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Reads the next message.</summary>
    /// <returns>Null when the connection is lost or closed, or what came is no message of this API's.</returns>
    public async Task<JsonElement?> ReceiveAsync(CancellationToken cancellation)
    {
        try
        {
            var length = 0;
            while (length < MaxMessageBytes)
            {
                if (length == _buffer.Length)
                {
                    Array.Resize(ref _buffer, 2 * _buffer.Length);
                }

                var read = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellation).ConfigureAwait(false);
                length += read.Count;
                if (read.MessageType != WebSocketMessageType.Text)
                {
                    return null;
                }

                if (read.EndOfMessage)
                {
                    return Parse(_buffer.AsSpan(0, length));
                }
            }
        }
        catch (Exception failure) when (
            (IsOfConnection(failure) || failure is JsonException) && !cancellation.IsCancellationRequested)
        {
            // Whatever it is: with this connection it does not go on.
        }

        return null;
    }

    /// <summary>Closes in good order; gives up soon where the node does not answer.</summary>
    public async Task CloseAsync()
    {
        using var patience = new CancellationTokenSource(KeepAlive);
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token)
                .ConfigureAwait(false);
        }
        catch (Exception failure) when (IsOfConnection(failure))
        {
            // It is closed already.
        }
    }

    /// <summary>Breaks the connection.</summary>
    public void Dispose() => _socket.Dispose();

    private static JsonElement? Parse(ReadOnlySpan<byte> message)
    {
        var json = new Utf8JsonReader(message);
        return JsonElement.ParseValue(ref json) is { ValueKind: JsonValueKind.Object } value ? value : null;
    }

    private static Uri AddressOf(Uri endpoint)
    {
        var address = new UriBuilder(new Uri(endpoint, "v1/ws"));
        address.Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        return address.Uri;
    }

    private static bool IsOfConnection(Exception failure) => failure is WebSocketException or IOException
        or ObjectDisposedException or OperationCanceledException or InvalidOperationException;
}
