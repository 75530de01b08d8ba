using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>Serves the connections of the line protocol.</summary>
internal sealed partial class LineHandler(
    LineServices services, IHostApplicationLifetime lifetime, ILogger<LineHandler> logger) : ConnectionHandler
{
    // A client whose machine is gone sends nothing to tell of it. After 15 s of silence the system asks, and gives up
    // 15 s later: as long as WebSocket connections have (API.md 3). The orders of a lost session wait for that.
    private const int SilenceSeconds = 15;
    private const int ProbeSeconds = 5;
    private const int Probes = 3;

    private int _open;

    /// <summary>Connections that are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        Interlocked.Increment(ref _open);
        try
        {
            KeepAlive(connection);
            var origin = (connection.RemoteEndPoint as IPEndPoint)?.Address;
            await using var served = new LineConnection(connection.Transport, origin, services);
            await served.RunAsync(lifetime.ApplicationStopping);
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
        {
            // The client is gone, or the node stops.
        }
        catch (Exception failure)
        {
            LogFailed(connection.ConnectionId, failure);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private static void KeepAlive(ConnectionContext connection)
    {
        if (connection.Features.Get<IConnectionSocketFeature>() is not { Socket: { } socket })
        {
            return;
        }

        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, SilenceSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, ProbeSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
    }

    [LoggerMessage(EventId = 210, Level = LogLevel.Error, Message = "connection {Connection} of lines failed")]
    private partial void LogFailed(string connection, Exception exception);
}
