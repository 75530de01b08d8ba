using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>Who is at the other end of a connection, by which credential.</summary>
/// <param name="Authorization">As in the header of HTTP; null for none.</param>
/// <param name="Caller">Whom it stood for when it was taken.</param>
internal sealed record SocketCaller(string? Authorization, Caller Caller)
{
    /// <summary>A request of this caller's.</summary>
    public HttpContext Request()
    {
        var http = InProcessRequest.Of(Authorization, Caller.Origin);
        http.SetCaller(Caller);
        return http;
    }

    /// <summary>Whether somebody is the same, with the same rights.</summary>
    public bool IsStill(Caller caller) =>
        (caller.User, caller.Roles, caller.Scopes) == (Caller.User, Caller.Roles, Caller.Scopes);
}
