using System.Net;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>Who is at the other end of a connection, by which credential.</summary>
/// <param name="Authorization">As in the header of HTTP; null for none.</param>
/// <param name="Caller">Whom it stood for when it was taken.</param>
internal sealed record SocketCaller(string? Authorization, Caller Caller)
{
    private const string Scheme = "Bearer ";

    /// <summary>The header of a token.</summary>
    public static string Bearer(string token) => Scheme + token;

    /// <summary>A request that is made for the connection beside those of HTTP.</summary>
    /// <param name="authorization">As in the header of HTTP; null for none.</param>
    /// <param name="origin">Where the connection comes from.</param>
    public static HttpContext Request(string? authorization, IPAddress? origin)
    {
        var http = new DefaultHttpContext { TraceIdentifier = RequestIds.For(default) };
        http.Connection.RemoteIpAddress = origin;
        if (authorization is not null)
        {
            http.Request.Headers.Authorization = authorization;
        }

        return http;
    }

    /// <summary>A request of this caller's.</summary>
    public HttpContext Request()
    {
        var http = Request(Authorization, Caller.Origin);
        http.SetCaller(Caller);
        return http;
    }

    /// <summary>Whether somebody is the same, with the same rights.</summary>
    public bool IsStill(Caller caller) =>
        (caller.User, caller.Roles, caller.Scopes) == (Caller.User, Caller.Roles, Caller.Scopes);
}
