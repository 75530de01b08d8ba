using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>Who is at the other end of one connection, found out once and looked at again every second.</summary>
internal sealed class SocketIdentity(IAuthenticator authenticator, AccessRefusals refusals, HttpContext handshake)
{
    private static readonly ApiProblem Invalid = new(
        ProblemCodes.Unauthenticated, "the credential does not hold: sign in again");

    private volatile SocketCaller _current = new(
        handshake.Request.Headers.Authorization is [{ } given] ? given : null, handshake.Caller());

    /// <summary>Who it is now; nobody before signing in.</summary>
    public SocketCaller Current => _current;

    /// <summary>Signs in, or goes on with a newer credential of the same user.</summary>
    /// <returns>Why not; null when it is done.</returns>
    public async ValueTask<ApiProblem?> SignInAsync(string token, CancellationToken cancellation)
    {
        var authorization = BearerScheme.Of(token);
        var request = Describe(InProcessRequest.Of(authorization, _current.Caller.Origin), cancellation);
        var (caller, refusal) = await authenticator.IdentifyAsync(request);
        if (caller.IsKnown)
        {
            if (_current.Caller.IsKnown && _current.Caller.User != caller.User)
            {
                return new ApiProblem(ProblemCodes.Forbidden, "the connection is another user's");
            }

            _current = new SocketCaller(authorization, caller);
            return null;
        }

        request.SetCaller(caller);
        refusals.WriteUnauthenticated(request, refusal ?? Invalid);
        return request.Response.StatusCode == StatusCodes.Status429TooManyRequests
            ? SocketProblems.TooMany
            : refusal ?? Invalid;
    }

    /// <summary>Whether the credential still stands for the same user with the same rights.</summary>
    public async ValueTask<bool> HoldsAsync(CancellationToken cancellation)
    {
        var current = _current;
        if (!current.Caller.IsKnown || current.Caller.IsLocal)
        {
            return true;
        }

        var (caller, _) = await authenticator.IdentifyAsync(Describe(current.Request(), cancellation));
        return caller.IsKnown && current.IsStill(caller);
    }

    /// <summary>A request of the caller's, at the route of the handshake.</summary>
    public HttpContext Request(CancellationToken cancellation) => Describe(_current.Request(), cancellation);

    private HttpContext Describe(HttpContext http, CancellationToken cancellation)
    {
        http.RequestAborted = cancellation;
        http.Request.Method = handshake.Request.Method;
        http.SetEndpoint(handshake.GetEndpoint());
        return http;
    }
}
