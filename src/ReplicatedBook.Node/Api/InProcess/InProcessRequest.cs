using System.Net;
using ReplicatedBook.Node.Api.Http;

namespace ReplicatedBook.Node.Api.InProcess;

/// <summary>A request made in process, and what it has beyond one that came over HTTP.</summary>
internal static class InProcessRequest
{
    /// <summary>One that asks no route: it stands for a connection of another transport.</summary>
    /// <param name="authorization">As in the header of HTTP; null for none.</param>
    /// <param name="origin">Where the connection comes from.</param>
    public static HttpContext Of(string? authorization, IPAddress? origin)
    {
        var http = new DefaultHttpContext { TraceIdentifier = RequestIds.For(default) };
        http.Connection.RemoteIpAddress = origin;
        if (authorization is not null)
        {
            http.Request.Headers.Authorization = authorization;
        }

        return http;
    }

    /// <summary>Number of the session that orders of this request belong to; 0 for none.</summary>
    public static long OrderSession(this HttpContext http) => http.Features.Get<InPipeline>()?.OrderSession ?? 0;

    /// <summary>Whether its command waits for its turn as long as it takes.</summary>
    public static bool IsPatient(this HttpContext http) => http.Features.Get<InPipeline>() is { IsPatient: true };
}
