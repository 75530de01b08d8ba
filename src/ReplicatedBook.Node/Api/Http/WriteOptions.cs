using ReplicatedBook.Contracts;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>How a write is to be carried out (API.md 1.2).</summary>
/// <param name="Key">The client's name for the request; empty when none was given.</param>
/// <param name="Wait">How far to wait.</param>
/// <param name="Timeout">How long at most.</param>
/// <param name="WantsRedirect">Whether a node that does not lead is to name the leader instead of forwarding.</param>
internal sealed record WriteOptions(RequestKey Key, ProposalWait Wait, TimeSpan Timeout, bool WantsRedirect)
{
    private const string KeyHeader = "Idempotency-Key";
    private const int DefaultTimeoutMs = 5_000;
    private const int MaxTimeoutMs = 30_000;

    /// <summary>What a request without parameters and key asks for.</summary>
    private static readonly WriteOptions Standard = new(
        default, ProposalWait.Applied, TimeSpan.FromMilliseconds(DefaultTimeoutMs), WantsRedirect: false);

    /// <summary>Takes header and parameters; all parameters of the route must have been asked for before.</summary>
    public static Bound<WriteOptions> Read(HttpRequest request, QueryReader query)
    {
        var key = default(RequestKey);
        var keys = request.Headers[KeyHeader];
        if (keys.Count != 0 && !(keys is [{ Length: > 0 } text] && RequestKey.TryCreate(text, out key)))
        {
            return Bound<WriteOptions>.Refused(ApiProblem.OfField(
                ProblemCodes.InvalidField, KeyHeader, $"{KeyHeader} must be 1 to 64 printable ASCII characters"));
        }

        if (!request.QueryString.HasValue)
        {
            return new Bound<WriteOptions>(keys.Count == 0 ? Standard : Standard with { Key = key }, null);
        }

        var wait = query.Word("wait", "applied", "accepted", "applied", "projected");
        if (wait == "projected")
        {
            query.RefuseFeature("wait=projected");
        }

        if (query.Word("receipt", "", "signed") == "signed")
        {
            query.RefuseFeature("receipt=signed");
        }

        var timeout = query.Integer("timeout_ms", 1, MaxTimeoutMs) ?? DefaultTimeoutMs;
        var redirect = query.Flag("redirect");
        return query.Finish() is { } problem
            ? Bound<WriteOptions>.Refused(problem)
            : new Bound<WriteOptions>(
                new WriteOptions(
                    key, wait == "accepted" ? ProposalWait.Appended : ProposalWait.Applied,
                    TimeSpan.FromMilliseconds(timeout), redirect),
                null);
    }
}
