using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Security.Rates;

namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>Judges who calls a method that no route judges, by the same policies. Safe from any thread.</summary>
internal sealed class GrpcGate(IAuthenticator authenticator, RateLimiter limiter, AccessRefusals refusals)
{
    private static readonly ApiProblem NoCredential = new(
        ProblemCodes.Unauthenticated, "the method needs the metadata authorization: Bearer with an access token or an API key");

    private static readonly ApiProblem NotAllowed = new(
        ProblemCodes.Forbidden, "the method needs a role, or the credential a scope, that is not there");

    /// <summary>Judges and counts a call, and sets its caller.</summary>
    /// <returns>Null where it may go on.</returns>
    public async ValueTask<GrpcStatus?> RefuseAsync(GrpcCall call, GrpcMethod method)
    {
        if (method.Access.Policy is not { } policy)
        {
            return null; // The routes that it is made of do.
        }

        var (problem, caller) = await JudgeAsync(call, policy);
        call.Http.SetCaller(caller);
        problem = problem is null ? limiter.Refuse(caller, policy.Rate) : refusals.Note(caller, method.Path, problem);
        return problem is null ? null : GrpcStatus.Of(problem);
    }

    /// <summary>Whether a caller would be let in; nothing is counted, and nothing recorded.</summary>
    public async ValueTask<bool> WouldLetInAsync(GrpcCall call, RoutePolicy policy) =>
        (await JudgeAsync(call, policy)).Problem is null;

    /// <summary>Judges anew whoever goes on with a call, and counts nothing: what was revoked meanwhile holds no longer.</summary>
    /// <returns>Null where the call may go on.</returns>
    public async ValueTask<GrpcStatus?> RefuseNowAsync(GrpcCall call, RoutePolicy policy)
    {
        var (problem, caller) = await JudgeAsync(call, policy);
        return problem is not null ? GrpcStatus.Of(problem)
            : caller.User != call.Http.Caller().User || caller.ReadsAll != call.Http.Caller().ReadsAll
                ? GrpcStatus.Of(NoCredential)
            : null;
    }

    private async ValueTask<(ApiProblem? Problem, Caller Caller)> JudgeAsync(GrpcCall call, RoutePolicy policy)
    {
        var (caller, refusal) = await authenticator.IdentifyAsync(call.Http);
        return (policy.Allows(caller) ? null : caller.IsKnown ? NotAllowed : refusal ?? NoCredential, caller);
    }
}
