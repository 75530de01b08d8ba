using Microsoft.AspNetCore.Http;
using ReplicatedBook.Contracts;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Takes credentials that say who their bearer is: <c>user:roles:scopes</c>, as numbers.</summary>
internal sealed class ScriptedAuthenticator : IAuthenticator
{
    private readonly HashSet<string> _withdrawn = [];

    /// <summary>The header of a user's requests.</summary>
    public static (string Name, string Value) As(
        long user, Roles roles = Roles.User, Scopes scopes = Scopes.Read | Scopes.Trade) =>
        ("Authorization", $"Bearer {user}:{(int)roles}:{(int)scopes}");

    /// <summary>From now on a credential no longer holds.</summary>
    public void Withdraw((string Name, string Value) credential)
    {
        lock (_withdrawn)
        {
            _withdrawn.Add(credential.Value);
        }
    }

    public ValueTask<Identified> IdentifyAsync(HttpContext http)
    {
        var origin = http.Connection.RemoteIpAddress;
        var text = http.Request.Headers.Authorization.ToString();
        if (text.Length == 0)
        {
            return ValueTask.FromResult(new Identified(Caller.Nobody(origin), null));
        }

        bool isWithdrawn;
        lock (_withdrawn)
        {
            isWithdrawn = _withdrawn.Contains(text);
        }

        var parts = text["Bearer ".Length..].Split(':');
        return ValueTask.FromResult(parts is [var user, var roles, var scopes] && !isWithdrawn
            ? new Identified(
                new Caller(
                    new UserId(long.Parse(user)), (Roles)byte.Parse(roles), (Scopes)byte.Parse(scopes), origin),
                null)
            : new Identified(
                Caller.Nobody(origin), new ApiProblem(ProblemCodes.Unauthenticated, "the credential does not hold")));
    }
}
