using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;

namespace ReplicatedBook.Node.Security;

/// <summary>Establishes who makes each request, before any route is entered, and stops those that need a credential and
/// have none that holds.</summary>
/// <remarks>A route that declares no policy needs one. A path that is no route is nobody's: it passes, to be
/// answered as such. What a public route is told of a credential that does not hold is that nobody asks.</remarks>
internal sealed class Authentication(RequestDelegate next, IAuthenticator authenticator, AccessRefusals refusals)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var (caller, refusal) = await authenticator.IdentifyAsync(http);
        http.SetCaller(caller);
        if (caller.IsKnown || !NeedsCredential(http.GetEndpoint()))
        {
            await next(http);
            return;
        }

        refusals.WriteUnauthenticated(http, refusal ?? new ApiProblem(
            ProblemCodes.Unauthenticated, "the route needs Authorization: Bearer with an access token or an API key"));
    }

    private static bool NeedsCredential(Endpoint? endpoint) =>
        endpoint is not null && endpoint.Metadata.GetMetadata<RoutePolicy>() is not { IsPublic: true };
}
