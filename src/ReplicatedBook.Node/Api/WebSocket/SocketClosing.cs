using System.Net.WebSockets;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>Why a connection ends.</summary>
/// <param name="Status">Code of the close frame: of RFC 6455, or from 4000 this interface's own.</param>
/// <param name="Reason">For people; at most 123 bytes.</param>
internal sealed record SocketClosing(WebSocketCloseStatus Status, string Reason)
{
    /// <summary>The other side wants no more.</summary>
    public static readonly SocketClosing Answered = new(WebSocketCloseStatus.NormalClosure, "");

    /// <summary>The node stops.</summary>
    public static readonly SocketClosing Stopping = new(
        WebSocketCloseStatus.EndpointUnavailable, "the node is stopping");

    /// <summary>A frame of bytes.</summary>
    public static readonly SocketClosing NotText = new(
        WebSocketCloseStatus.InvalidMessageType, "messages are JSON in text frames");

    /// <summary>A message above the limit.</summary>
    public static readonly SocketClosing TooBig = new(WebSocketCloseStatus.MessageTooBig, "the message is too large");

    /// <summary>One malformed message after the other.</summary>
    public static readonly SocketClosing Malformed = new(
        WebSocketCloseStatus.PolicyViolation, "three malformed messages in a row");

    /// <summary>Something failed in the node.</summary>
    public static readonly SocketClosing Failed = new(
        WebSocketCloseStatus.InternalServerError, "the node's log says more");

    /// <summary>Nobody signed in, or the credential holds no longer.</summary>
    public static readonly SocketClosing NotSignedIn = new(Own(4001), "sign in");

    /// <summary>Nothing came for too long.</summary>
    public static readonly SocketClosing Silent = new(Own(4002), "nothing was heard for too long");

    /// <summary>A private channel lost its place: what it missed cannot be made up for by a snapshot.</summary>
    public static readonly SocketClosing Overrun = new(Own(4008), "a private channel was read too slowly");

    private static WebSocketCloseStatus Own(int code) => (WebSocketCloseStatus)code;
}
