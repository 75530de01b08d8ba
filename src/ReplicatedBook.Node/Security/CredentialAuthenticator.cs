using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;

namespace ReplicatedBook.Node.Security;

/// <summary>Of a node with authentication: takes the bearer credential of the request.</summary>
internal sealed class CredentialAuthenticator : IAuthenticator
{
    /// <inheritdoc/>
    public ValueTask<Identified> IdentifyAsync(HttpContext http)
    {
        var nobody = Caller.Nobody(http.Connection.RemoteIpAddress);
        return ValueTask.FromResult(http.Request.Headers.Authorization.Count == 0
            ? new Identified(nobody, null)
            : new Identified(nobody, new ApiProblem(
                ProblemCodes.Unauthenticated, "the credential does not hold: sign in again")));
    }
}
