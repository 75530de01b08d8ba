using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security.Identity;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Security;

/// <summary>Of a node with authentication: takes the bearer credential of the request.</summary>
internal sealed class CredentialAuthenticator(CredentialJudge judge, CatchUp catchUp, IReplicatedLog log)
    : IAuthenticator
{
    private static readonly ApiProblem Invalid = new(
        ProblemCodes.Unauthenticated, "the credential does not hold: sign in again");

    private static readonly ApiProblem Expired = new(
        ProblemCodes.TokenExpired, "the access token's time is over: refresh it");

    private static readonly ApiProblem Behind = new(
        ProblemCodes.IndexNotReached, "the node cannot find out whether the credential holds: it is not up to date");

    private static readonly ApiProblem Diverged = new(ProblemCodes.ShuttingDown, ReadGateway.Diverged);

    /// <inheritdoc/>
    public async ValueTask<Identified> IdentifyAsync(HttpContext http)
    {
        var origin = http.Connection.RemoteIpAddress;
        var nobody = Caller.Nobody(origin);
        if (http.Request.Headers.Authorization.Count == 0)
        {
            return new Identified(nobody, null);
        }

        if (http.Request.Headers.Authorization is not [{ } given]
            || BearerScheme.CredentialOf(given) is not { } credential)
        {
            return new Identified(nobody, Invalid);
        }

        // Until all is applied again that was before the start, the state still knows users that are gone.
        var status = log.Status;
        if (status.Divergence is not null || !status.IsCaughtUp)
        {
            return new Identified(nobody, status.IsCaughtUp ? Diverged : Behind);
        }

        var judgement = await judge.JudgeAsync(credential, origin, http.RequestAborted);
        if (judgement.MayBeNewer)
        {
            if (!await catchUp.TryAsync(http.RequestAborted))
            {
                return new Identified(nobody, Behind);
            }

            judgement = await judge.JudgeAsync(credential, origin, http.RequestAborted);
        }

        return judgement.Caller is { } caller
            ? new Identified(caller, null)
            : new Identified(nobody, judgement.IsExpired ? Expired : Invalid);
    }
}
