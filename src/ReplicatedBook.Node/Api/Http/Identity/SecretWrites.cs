using ReplicatedBook.Contracts;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http.Identity;

/// <summary>Writes whose request or answer holds a secret: it is made anew for each request and kept by nobody, so they
/// cannot be given the same answer twice and take no key of the client's.</summary>
/// <remarks>The node names each with a key of its own, so that it can find out what became of it when a leader
/// dies.</remarks>
internal sealed class SecretWrites(Answers answers)
{
    private const string KeyHeader = "Idempotency-Key";

    private static readonly IntegerParameter Timeout = new(
        "timeout_ms", "Milliseconds to wait at most; also the command's deadline in cluster time.", 1, 30_000, 5_000);

    /// <summary>What such a route takes and can refuse with.</summary>
    public static RouteContract Contract { get; } = RouteContract.Plain(Timeout).Refuses(
        ProblemCodes.InvalidField, ProblemCodes.FeatureDisabled, ProblemCodes.LimitReached, ProblemCodes.NoLeader,
        ProblemCodes.NoQuorum, ProblemCodes.IndexNotReached, ProblemCodes.Overloaded, ProblemCodes.DeadlineExceeded,
        ProblemCodes.StorageFull, ProblemCodes.OutcomeUnknown);

    /// <summary>Takes the parameters.</summary>
    /// <returns>Null when a problem was answered.</returns>
    public WriteOptions? Begin(HttpContext http)
    {
        // What comes back, and what goes in, is for nobody else: not for a cache either.
        http.Response.Headers.CacheControl = "no-store";
        var query = new QueryReader(http.Request);
        var timeout = query.IntegerOrStandard(Timeout);
        var problem = query.Finish() ?? (http.Request.Headers.ContainsKey(KeyHeader)
            ? ApiProblem.OfField(
                ProblemCodes.InvalidField, KeyHeader,
                "the route's answer is given once and kept by nobody: it takes no key")
            : null);
        return answers.Refuse(http, problem)
            ? null
            : new WriteOptions(
                default, ProposalWait.Applied, TimeSpan.FromMilliseconds(timeout), WantsRedirect: false);
    }

    /// <summary>Why a credential must not be used to make or end others: an API key that was stolen would outlive being
    /// revoked.</summary>
    /// <returns>Null when it may.</returns>
    public static ApiProblem? CheckSession(Caller caller) => caller.IsLocal || caller.Session.Value != 0
        ? null
        : new ApiProblem(ProblemCodes.Forbidden, "an API key does not do: log in");

    /// <summary>The same with a key that nobody used before; for each command another.</summary>
    public static WriteOptions Named(WriteOptions options) =>
        RequestKey.TryCreate(Guid.NewGuid().ToString("N"), out var key)
            ? options with { Key = key }
            : throw new InvalidOperationException("an id is a key");
}
