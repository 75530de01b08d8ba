using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Security.Rates;

namespace ReplicatedBook.Node.Security;

/// <summary>Lets those enter a route whom its policy allows, as often as its limit does; behind the
/// authentication.</summary>
/// <remarks>A route without a policy is nobody's. What is no route (a wrong method, a wrong content type) passes, to be
/// answered as such.</remarks>
internal sealed class Authorization(
    RequestDelegate next, RateLimiter limiter, AccessRefusals refusals)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint route)
        {
            return next(http);
        }

        var policy = route.Metadata.GetMetadata<RoutePolicy>();
        if (limiter.Refuse(http, policy?.Rate ?? RateClass.Reads))
        {
            return Task.CompletedTask;
        }

        if (policy?.Allows(http.Caller()) is not true)
        {
            refusals.Write(http, new ApiProblem(
                ProblemCodes.Forbidden, "the route needs a role, or the credential a scope, that is not there"));
            return Task.CompletedTask;
        }

        return next(http);
    }
}
