using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Whom a channel's policy keeps out, as it does of a route.</summary>
internal static class ChannelAccess
{
    /// <returns>Null for who may read it.</returns>
    public static ApiProblem? Refuse(RoutePolicy policy, Caller caller) =>
        policy.Allows(caller) ? null
        : caller.IsKnown ? new ApiProblem(
            ProblemCodes.Forbidden, "the channel needs a role, or the credential a scope, that is not there")
        : new ApiProblem(ProblemCodes.Unauthenticated, "the channel needs an access token or an API key");
}
