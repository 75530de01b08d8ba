using System.Net;
using Microsoft.AspNetCore.Connections;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>Serves the connections of the line protocol.</summary>
internal sealed partial class LineHandler(
    LineServices services, IHostApplicationLifetime lifetime, ILogger<LineHandler> logger) : ConnectionHandler
{
    private int _open;

    /// <summary>Connections that are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        Interlocked.Increment(ref _open);
        try
        {
            var origin = (connection.RemoteEndPoint as IPEndPoint)?.Address;
            await using var served = new LineConnection(connection.Transport, origin, services);
            await served.RunAsync(lifetime.ApplicationStopping);
        }
        catch (Exception failure) when (failure is not (IOException or OperationCanceledException))
        {
            LogFailed(connection.ConnectionId, failure);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            // The client is gone, or the node stops.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    [LoggerMessage(EventId = 210, Level = LogLevel.Error, Message = "connection {Connection} of lines failed")]
    private partial void LogFailed(string connection, Exception exception);
}
