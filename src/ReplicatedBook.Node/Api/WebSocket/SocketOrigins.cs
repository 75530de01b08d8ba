using System.Net;
using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>Which pages may connect (API.md 10): browsers let every page try, with what they know of the
/// user.</summary>
internal static class SocketOrigins
{
    /// <summary>Whether a handshake comes from no page, from one of this node's own or from a configured one.</summary>
    /// <remarks>A page of this node's own was loaded under an address or as localhost: under any other name it may be
    /// somebody else's, whose name was made to point here after it was loaded.</remarks>
    public static bool Allow(HttpRequest request, HttpOptions options)
    {
        var given = request.Headers.Origin;
        if (given.Count == 0)
        {
            return true;
        }

        return given is [{ } origin]
            && (options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)
                || (IsOfNoName(request.Host.Host) && string.Equals(
                    origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsOfNoName(string host) =>
        IPAddress.TryParse(host, out _) || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase);
}
