using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.Gateway.Sessions;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Security.Rates;
using Socket = System.Net.WebSockets.WebSocket;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>Puts the parts of a connection together and runs it to its end. Safe from any thread.</summary>
internal sealed class SocketServer(
    RouteCaller routes, Channels channels, OrderSessions sessions, IAuthenticator authenticator,
    AccessRefusals refusals, RateLimiter limiter, SocketProblems problems, NodeSettings settings, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<SocketConnection> logger)
{
    /// <summary>Serves a connection until it is closed, whoever closes it.</summary>
    /// <param name="http">Its handshake.</param>
    /// <param name="socket">Its messages.</param>
    /// <param name="stream">Its bytes.</param>
    public async Task RunAsync(HttpContext http, Socket socket, SocketStream stream)
    {
        var options = settings.WebSocket;
        using var connection = new SocketConnection(socket, stream, options, time, logger);
        var identity = new SocketIdentity(authenticator, refusals, http);
        await using var orders = new SocketOrders(
            connection, identity, routes, sessions, problems, options.MaxOrdersUnderWay);
        await using var subscriptions = new SocketSubscriptions(connection, channels, options.MaxSubscriptions);
        var conversation = new SocketConversation(
            connection, identity, subscriptions, orders, problems, limiter, time, options.AuthTimeout);
        using var stopping = lifetime.ApplicationStopping.Register(() => connection.Close(SocketClosing.Stopping));
        await connection.RunAsync(conversation.TakeAsync, conversation.LookAsync, http.Abort);
    }
}
