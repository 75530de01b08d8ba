using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Net.Http.Headers;
using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;
using HandshakeOptions = Microsoft.AspNetCore.Builder.WebSocketOptions;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>The handshake of <c>/v1/ws</c> (API.md 3).</summary>
internal sealed class SocketEndpoint
{
    private const string Version = "13"; // RFC 6455, 4.2.1.

    private readonly SocketServer _server;
    private readonly IAuthenticator _authenticator;
    private readonly AccessRefusals _refusals;
    private readonly Answers _answers;
    private readonly NodeSettings _settings;
    private readonly TimeProvider _time;
    private readonly WebSocketMiddleware _handshake;

    public SocketEndpoint(
        SocketServer server, IAuthenticator authenticator, AccessRefusals refusals, Answers answers,
        NodeSettings settings, TimeProvider time, ILoggerFactory loggers)
    {
        (_server, _authenticator, _refusals) = (server, authenticator, refusals);
        (_answers, _settings, _time) = (answers, settings, time);

        // Pings are the connection's own; origins are judged here, with an answer of this API's.
        _handshake = new WebSocketMiddleware(
            AcceptAsync,
            Microsoft.Extensions.Options.Options.Create(new HandshakeOptions { KeepAliveInterval = TimeSpan.Zero }),
            loggers);
    }

    public void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/ws", (RequestDelegate)GetAsync).For(RoutePolicy.Public).DescribeUpgrade(
            "OpenWebSocket", "A connection for market data, private channels and orders: JSON in text frames.",
            RouteContract.Plain().Refuses(
                ProblemCodes.Forbidden, ProblemCodes.Unauthenticated, ProblemCodes.TokenExpired,
                ProblemCodes.IndexNotReached));

    private async Task GetAsync(HttpContext http)
    {
        if (_answers.Refuse(http, new QueryReader(http.Request).Finish()))
        {
            return; // Above all no token: addresses are logged on the way.
        }

        // Who gave a credential means to be somebody: nobody's connection would surprise them later.
        if (!http.Caller().IsKnown && http.Request.Headers.Authorization.Count != 0)
        {
            var (_, refusal) = await _authenticator.IdentifyAsync(http);
            _refusals.WriteUnauthenticated(http, refusal ?? new ApiProblem(ProblemCodes.Unauthenticated));
            return;
        }

        if (http.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
        {
            http.Features.Set<IHttpUpgradeFeature>(new SocketUpgrade(upgrade, _time));
        }

        await _handshake.Invoke(http);
    }

    private async Task AcceptAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest
            || http.Features.Get<IHttpUpgradeFeature>() is not SocketUpgrade upgrade)
        {
            http.Response.Headers[HeaderNames.SecWebSocketVersion] = Version;
            _answers.Write(http, new ApiProblem(
                ProblemCodes.MalformedRequest, $"the route takes WebSocket handshakes, version {Version}"));
            return;
        }

        if (!SocketOrigins.Allow(http.Request, _settings.Http))
        {
            _refusals.Write(http, new ApiProblem(
                ProblemCodes.Forbidden, "pages of this origin may not connect (Http:AllowedOrigins)"));
            return;
        }

        var socket = await http.WebSockets.AcceptWebSocketAsync();
        await _server.RunAsync(http, socket, upgrade.Stream!);
    }
}
